/// A strict reader of well-formed XML, enough to check pictures: tags balance, attributes are
/// quoted and unique, text has no stray signs. It shares no code with what it checks.
package struct MarkupReader {
  package struct Element {
    package var name: String
    package var attributes: [String: String]
    /// The names of the elements around it, outermost first.
    package var path: [String]
    package var text = ""
  }

  package struct Malformed: Error { package var reason: String }

  private let scalars: [Unicode.Scalar]
  private var place = 0
  private var open: [Int] = []
  package private(set) var elements: [Element] = []

  package static func read(_ text: String) throws -> [Element] {
    var reader = MarkupReader(scalars: Array(text.unicodeScalars))
    try reader.run()
    return reader.elements
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private mutating func run() throws {
    while place < scalars.count {
      if scalars[place] == "<" { try readTag() } else { try readText() }
    }
    guard open.isEmpty else { throw Malformed(reason: "unclosed \(elements[open[0]].name)") }
  }

  private mutating func readText() throws {
    var text = ""
    while place < scalars.count, scalars[place] != "<" {
      text += try readCharacter()
    }
    for index in open.suffix(1) { elements[index].text += text }
  }

  private mutating func readCharacter() throws -> String {
    let scalar = scalars[place]
    guard scalar == "&" else {
      guard scalar.value >= 32 || scalar == "\n" || scalar == "\t" else {
        throw Malformed(reason: "control character \(scalar.value)")
      }
      place += 1
      return String(scalar)
    }
    let end = scalars[place...].firstIndex(of: ";") ?? place
    let name = String(String.UnicodeScalarView(scalars[place..<end]))
    let known = ["&amp": "&", "&lt": "<", "&gt": ">", "&quot": "\"", "&#39": "'"]
    guard let character = known[name] else { throw Malformed(reason: "stray & in \(name)") }
    place = end + 1
    return character
  }

  private mutating func readTag() throws {
    place += 1
    let isClosing = scalars[place] == "/"
    if isClosing { place += 1 }
    let name = readName()
    guard !name.isEmpty else { throw Malformed(reason: "stray < at \(place)") }
    if isClosing {
      guard let last = open.popLast(), elements[last].name == name else {
        throw Malformed(reason: "unexpected </\(name)>")
      }
      guard scalars[place] == ">" else { throw Malformed(reason: "attributes in end tag") }
      place += 1
      return
    }
    let attributes = try readAttributes()
    let path = open.map { elements[$0].name }
    elements.append(Element(name: name, attributes: attributes, path: path))
    if scalars[place] == "/" { place += 1 } else { open.append(elements.count - 1) }
    guard scalars[place] == ">" else { throw Malformed(reason: "unclosed tag \(name)") }
    place += 1
  }

  private mutating func readName() -> String {
    var name = ""
    while place < scalars.count,
      scalars[place].properties.isAlphabetic || (48...57).contains(scalars[place].value)
        || "-:".unicodeScalars.contains(scalars[place])
    {
      name.unicodeScalars.append(scalars[place])
      place += 1
    }
    return name
  }

  private mutating func readAttributes() throws -> [String: String] {
    var attributes: [String: String] = [:]
    while scalars[place] == " " {
      place += 1
      let name = readName()
      guard !name.isEmpty, attributes[name] == nil else {
        throw Malformed(reason: "bad or repeated attribute \(name)")
      }
      guard scalars[place] == "=", scalars[place + 1] == "\"" else {
        throw Malformed(reason: "unquoted \(name)")
      }
      place += 2
      var value = ""
      while scalars[place] != "\"" { value += try readCharacter() }
      place += 1
      attributes[name] = value
    }
    return attributes
  }
}
