import Compiler
import Estimation

/// Something that training said of a model that is there all the same.
package struct TrainingNotice: Hashable, Sendable {
  /// `\`plan\` has one value in every row (for region = north)`
  package var message: String
  /// `the model was trained without it`
  package var consequence: String
  package var advice: String
}

extension TrainedModel {
  /// Each once, with the groups of `by` that it was said of where these are not all.
  package var notices: [TrainingNotice] {
    var found: [(notice: EstimationError, groups: [String])] = []
    for member in members {
      let group = RowGroups.Group(keys: member.keys, rows: []).words(shape.keys.map(\.text)) ?? ""
      for notice in member.model.notices {
        if let place = found.firstIndex(where: { $0.notice == notice }) {
          found[place].groups.append(group)
        } else {
          found.append((notice, [group]))
        }
      }
    }
    return found.map { notice, groups in
      TrainingNotice(
        message: notice.message + Self.words(groups, of: members.count),
        consequence: notice.consequence, advice: notice.advice)
    }
  }

  private static func words(_ groups: [String], of all: Int) -> String {
    guard groups.count < all else { return "" }
    let named = groups.prefix(3).joined(separator: "; ")
    return " (for \(named)\(groups.count > 3 ? " and \(groups.count - 3) more" : ""))"
  }
}
