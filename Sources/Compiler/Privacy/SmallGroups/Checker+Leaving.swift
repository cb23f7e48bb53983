import Diagnostics
import Values

// What leaves the program: nothing that says who somebody is, and nothing about groups of few.
extension Checker {
  /// A relation as it may be shown, saved or drawn; `isMasked`: where columns labelled `pii` are
  /// masked, not refused.
  func leaving(_ plan: LogicalPlan, isMasked: Bool = true) -> LogicalPlan {
    let peopled = peopleTrace.trace(plan)
    guard peopled.people.areGrouped || !peopled.people.cells.isEmpty else {
      return isMasked ? PersonalData.masked(plan) : plan
    }
    var result = plan
    if constants.leastPeople <= 1 {
      result.facts.smallGroups = SmallGroups(least: constants.leastPeople, question: [])
    } else if let lost = peopled.people.lost {
      report(.uncountedPeople(least: constants.leastPeople, at: lost))
    } else {
      let removal = SmallGroupsRemoval(
        peopled: peopled, least: constants.leastPeople, span: plan.span)
      result = removal.remaining(plan.schema.columns)
    }
    guard isMasked else { return result }
    let smallGroups = result.facts.smallGroups
    result = PersonalData.masked(result)
    result.facts.smallGroups = smallGroups
    return result
  }

  func leaving(_ chart: ChartPlan) -> ChartPlan {
    var chart = chart
    chart.plan = leaving(chart.plan, isMasked: false)
    return chart
  }

  /// A single value; missing where it is about too few people. What is true or false says little
  /// of anybody (L80), and cells run by it.
  func leaving(_ value: TypedExpr) -> TypedExpr {
    let isCondition = value.type.base == .bool
    return PersonalData.masked(isCondition ? value : withoutSmallGroups(value))
  }

  private func withoutSmallGroups(_ value: TypedExpr) -> TypedExpr {
    switch value.kind {
    case .runValue(let id):
      guard let definition = runValues[id] else { return value }
      let told = withoutSmallGroups(definition)
      return told == definition ? value : told
    case .scalarQuery(let plan):
      let told = leaving(plan, isMasked: false)
      guard told != plan else { return value }
      return TypedExpr(.scalarQuery(told), value.type.nullable, value.span)
    default: return value.mapChildren(withoutSmallGroups)
    }
  }
}

extension Diagnostic {
  fileprivate static func uncountedPeople(least: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .uncountedPeople, "groups of people leave that cannot be counted", at: span,
      label: "here the number of people is lost",
      help: [
        "groups of fewer than \(least) people must not leave: summarize behind this stage",
        "or say that they may: `min_group = 1` in `whom.toml`",
      ])
  }
}
