/// The name that was probably meant.
package enum Suggestion {
  /// The nearest of `names` to a misspelt one, or none where all are too far away: a third of the
  /// letters may differ, and names of one or two letters are never guessed.
  package static func nearest(to name: String, in names: some Sequence<String>) -> String? {
    nil
  }
}
