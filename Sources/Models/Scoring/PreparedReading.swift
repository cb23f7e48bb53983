import Compiler
import Diagnostics
import Estimation
import Values

/// The prepared columns of a model as expressions over the rows to score.
///
///     #feature1                                     a number, a text, a condition as it is
///     #days2, #month2, #weekday2                    of a date: days since 1970, codes
///     #code1                                        of a text in a linear model: its level
struct PreparedReading {
  let model: Model
  let shape: ModelShape
  let input: Schema
  let write: ScoringExprs

  private var preparation: Preparation { model.preparation }

  /// What the rows hold of a prepared column.
  func source(_ column: Int) -> TypedExpr {
    let name = preparation.columns[column].name
    let place = shape.features.firstIndex { $0.text == name } ?? 0
    let source = ModelColumn.feature(place)
    return write.column(source, input[source]?.type ?? ValueType(.null))
  }

  /// A name for something made of a column.
  private func name(_ kind: String, _ column: Int) -> String {
    let name = preparation.columns[column].name
    return "#\(kind)\((shape.features.firstIndex { $0.text == name } ?? 0) + 1)"
  }

  /// The columns that are read more than once, or that are no single column of the rows.
  var layer: [NamedExpr] {
    var items: [NamedExpr] = []
    for basis in preparation.products.flatMap(\.bases) {
      guard let item = made(basis), !items.contains(where: { $0.name == item.name }) else {
        continue
      }
      items.append(item)
    }
    return items
  }

  private func made(_ basis: Basis) -> NamedExpr? {
    let kind = preparation.columns[basis.column].kind
    switch (kind, basis.reading) {
    case (.number, _), (.boolean, _): return nil
    case (.category(let levels), _):
      guard preparation.encoding == .dense else { return nil }
      let text = source(basis.column)
      return NamedExpr(
        name("code", basis.column),
        code(levels, of: text) { write.compare(text, .equal, write.text($0)) })
    case (.date, .value): return NamedExpr(name("days", basis.column), days(source(basis.column)))
    case (.date(_, _, _, let months, _), .month):
      return partOfDate(basis.column, "month", "month_of_year", ["UTC"], months)
    case (.date(_, _, _, _, let weekdays), .weekday):
      return partOfDate(basis.column, "weekday", "day_of_week", ["monday", "UTC"], weekdays)
    }
  }

  private func partOfDate(
    _ column: Int, _ kind: String, _ function: String, _ more: [String], _ levels: Levels
  ) -> NamedExpr {
    let date = source(column)
    let part = write.call(
      function, [date] + more.map(write.text), ValueType(.int, nullable: date.type.isNullable))
    return NamedExpr(
      name(kind, column),
      code(levels, of: date) { write.compare(part, .equal, write.whole(Int($0) ?? 0)) })
  }

  /// The place of a value among the levels; nothing where training never saw it.
  private func code(
    _ levels: Levels, of value: TypedExpr, _ isLevel: (String) -> TypedExpr
  ) -> TypedExpr {
    let branches = levels.names.enumerated().map { place, name in
      (
        when: place == levels.missing ? write.isMissing(value) : isLevel(name),
        then: write.whole(place)
      )
    }
    return write.choose(branches, otherwise: write.missing(ValueType(.int)))
  }

  private func days(_ date: TypedExpr) -> TypedExpr {
    let isNullable = date.type.isNullable
    let start = TypedExpr(.literal(.date(0)), ValueType(.date), date.span)
    let length = TypedExpr(
      .arithmetic(.minus, date, start), ValueType(.duration, nullable: isNullable), date.span)
    let days = write.call("days", [length], ValueType(.int, nullable: isNullable))
    return TypedExpr(.widen(days), ValueType(.float, nullable: isNullable), date.span)
  }

  // MARK: Reading

  /// What the columns of the layer hold.
  func value(_ basis: Basis) -> TypedExpr {
    switch (preparation.columns[basis.column].kind, basis.reading) {
    case (.number, _), (.boolean, _): return source(basis.column)
    case (.category, _):
      return preparation.encoding == .dense
        ? write.column(name("code", basis.column), Self.code) : source(basis.column)
    case (.date, .value):
      let type = ValueType(.float, nullable: source(basis.column).type.isNullable)
      return write.column(name("days", basis.column), type)
    case (.date, .month): return write.column(name("month", basis.column), Self.code)
    case (.date, .weekday): return write.column(name("weekday", basis.column), Self.code)
    }
  }

  private static let code = ValueType(.int, nullable: true)

  /// As a number for a model that reads codes; missing stays missing.
  func plain(_ basis: Basis) -> TypedExpr {
    let value = value(basis)
    switch value.type.base {
    case .bool:
      guard value.type.isNullable else {
        return write.choose([(value, write.number(1))], otherwise: write.number(0))
      }
      return write.choose(
        [(write.isTrue(value), write.number(1)), (write.isFalse(value), write.number(0))],
        otherwise: write.missing())
    case .int: return TypedExpr(.widen(value), ValueType(.float, nullable: true), value.span)
    default: return value
    }
  }

  /// The levels of a category, with `nil` for the one of missing values.
  func levels(_ basis: Basis) -> [String?]? {
    guard case .category(let levels) = preparation.columns[basis.column].kind else { return nil }
    return levels.names.enumerated().map { $0 == levels.missing ? nil : $1 }
  }
}

extension ScoringExprs {
  func isTrue(_ condition: TypedExpr) -> TypedExpr {
    condition.type.isNullable
      ? compare(condition, .equal, TypedExpr(.literal(.bool(true)), ValueType(.bool), span))
      : condition
  }

  func isFalse(_ condition: TypedExpr) -> TypedExpr {
    compare(condition, .equal, TypedExpr(.literal(.bool(false)), ValueType(.bool), span))
  }

  /// Whether a text is one of the levels; `nil` among them stands for a missing one.
  func isOne(_ text: TypedExpr, of levels: [String?]) -> TypedExpr {
    let known = levels.compactMap(\.self).map(self.text)
    var ways: [TypedExpr] = []
    if known.count == 1 { ways.append(compare(text, .equal, known[0])) }
    if known.count > 1 {
      ways.append(TypedExpr(.isIn(text, known, negated: false), ValueType(.bool), span))
    }
    if levels.contains(nil) { ways.append(isMissing(text)) }
    return ways.isEmpty ? TypedExpr(.literal(.bool(false)), ValueType(.bool), span) : any(ways)
  }
}
