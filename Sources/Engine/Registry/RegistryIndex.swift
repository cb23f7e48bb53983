import Estimation

/// The versions that a model has, and which of them is in use.
package struct RegistryIndex: Sendable, Equatable {
  package struct Version: Sendable, Equatable {
    /// From 1 on.
    package var number: Int
    /// The digest of its document, the name of the folder that holds it.
    package var object: String
    /// `2026-11-21 11:40:00`, UTC.
    package var saved: String
    /// The program that saved it.
    package var program: String
  }

  package var name: String
  package var versions: [Version]
  /// Which versions were put in use, one after the other; the last one is.
  package var uses: [Int]

  package var inUse: Int { uses.last ?? 0 }

  package func version(_ number: Int) -> Version? { versions.first { $0.number == number } }

  init(name: String) {
    self.name = name
    versions = []
    uses = []
  }
}

extension RegistryIndex {
  private static let formatName = "whom-model-versions"
  private static let formatVersion = 1

  var encoded: String {
    let list = versions.map { version in
      ModelNode.fields([
        "version": .whole(version.number), "object": .text(version.object),
        "saved": .text(version.saved), "program": .text(version.program),
      ])
    }
    let node = ModelNode.fields([
      "format": .text(Self.formatName), "version": .whole(Self.formatVersion),
      "name": .text(name), "in_use": .list(uses.map(ModelNode.whole)), "versions": .list(list),
    ])
    return node.encoded + "\n"
  }

  init(encoded text: String) throws(EstimationError) {
    let node = try ModelNode(encoded: text)
    guard try node.field("format").text() == Self.formatName else {
      throw .unreadableModel("its format is another")
    }
    let version = try node.field("version").whole()
    guard version <= Self.formatVersion else {
      throw .unreadableModel("a newer version of this program wrote it (format \(version))")
    }
    name = try node.field("name").text()
    versions = []
    uses = []
    for item in try node.field("versions").items() { versions.append(try Version(node: item)) }
    for item in try node.field("in_use").items() { uses.append(try item.whole()) }
    guard versions.map(\.number) == Array(1..<(versions.count + 1)), !versions.isEmpty,
      uses.allSatisfy({ versions.indices.contains($0 - 1) }), !uses.isEmpty
    else { throw .unreadableModel("its versions are not 1, 2, 3") }
  }
}

extension RegistryIndex.Version {
  fileprivate init(node: ModelNode) throws(EstimationError) {
    number = try node.field("version").whole()
    object = try node.field("object").text()
    saved = try node.field("saved").text()
    program = try node.field("program").text()
    let isDigest =
      object.utf8.count == 64
      && object.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    guard isDigest else { throw .unreadableModel("a version names no object") }
  }
}
