/// The words that are verbs behind a pipe. A function may not have one of these names.
package enum VerbWord: String, CaseIterable, Hashable, Sendable {
  case `where`, derive, select, drop, rename, summarize, sort, take, top, distinct, sample, split
  case join, union, except, intersect, series, pivot, unpivot, unnest, label, reveal, expect
  case train, predict, evaluate, explain, route, chart, show, save
}
