extension Topic {
  static let language: [Topic] = []
}
