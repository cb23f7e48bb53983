/// The program itself.
package enum Whom {
  package static let version = "0.1.0"
}
