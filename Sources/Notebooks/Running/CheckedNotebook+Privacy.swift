package import Compiler
import Reporting

// What a notebook does with labelled columns.
extension CheckedNotebook {
  /// Of the cells that are wanted, and of the values in its prose.
  package func ledger(where isWanted: (Int) -> Bool = { _ in true }) -> PrivacyLedger {
    var ledger = PrivacyLedger()
    for index in cells.indices where isWanted(index) {
      let place = notebook.cells[index].id
      if let condition = cells[index].condition { ledger.add([condition], at: place) }
      ledger.add(cells[index].statements, at: place)
    }
    ledger.add(inlineValues.compactMap { $0 }, at: nil)
    return ledger
  }
}

extension ReportPrivacy {
  init(_ entry: PrivacyLedger.Entry) {
    self.init(
      column: entry.column.name, labels: "\(entry.column.labels)", relation: entry.column.relation,
      uses: entry.uses.map { Use($0.use.words, cells: $0.places) })
  }
}
