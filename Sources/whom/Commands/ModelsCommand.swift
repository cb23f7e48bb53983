import ArgumentParser
import Diagnostics
import Engine
import Values

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "Shows saved models, and says which version is in use.",
    discussion: """
      example: whom models show churn
      Models are in `.whom/models` of the project; `save model "churn"` in a program adds a version.
      """,
    subcommands: [
      List.self, Show.self, Diff.self, Promote.self, Rollback.self, Export.self, Import.self,
    ],
    defaultSubcommand: List.self)

  struct Place: ParsableArguments {
    @Option(help: "The folder of the project; the current one, or the next above, when not given.")
    var root = ""

    @Option(name: [.customShort("f"), .long], help: "table, csv, json, ndjson or markdown.")
    var format: ResultFormat?

    var registry: ModelRegistry { ModelRegistry(near: root) }

    func print(_ table: ResultTable, title: String? = nil) {
      let printer = ResultPrinter(format, rows: 1000)
      Terminal.write(printer.text(.table(table, title: title)))
    }

    /// What cannot be found exits with 2, as every mistake of a program; what cannot be read or
    /// written with 1.
    func run<T>(_ work: (ModelRegistry) throws(RegistryFailure) -> T) throws -> T {
      do throws(RegistryFailure) {
        return try work(registry)
      } catch {
        var finding = error.diagnostic(at: nil)
        // There is no program to show it at.
        if !finding.label.isEmpty { finding.notes.insert(.init(finding.label), at: 0) }
        let renderer = DiagnosticRenderer(
          SourceMap(), width: 100, isColoured: Terminal.areErrorsColoured)
        Terminal.report(renderer.render([finding]))
        throw ExitCode(finding.code == .unknownModel ? 2 : 1)
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The models that were saved, with the version in use.")
    @OptionGroup var place: Place

    func run() throws {
      let table = place.registry.list()
      place.print(table)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The card of a model, and its versions.",
      discussion: "example: whom models show churn@2")
    @Argument(help: "A name, or a name with a version: churn@2.") var model: String
    @OptionGroup var place: Place

    func run() throws {
      let reference = model
      let found = try place.run { registry throws(RegistryFailure) in try registry.show(reference) }
      place.print(found.card, title: found.title)
      place.print(found.versions, title: "Versions")
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What two versions say differently.",
      discussion: "example: whom models diff churn@1 churn@2")
    @Argument var first: String
    @Argument var second: String
    @OptionGroup var place: Place

    func run() throws {
      let (a, b) = (first, second)
      let table = try place.run { registry throws(RegistryFailure) in
        try registry.differences(a, b)
      }
      place.print(table)
    }
  }

  struct Promote: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Puts a version in use.", discussion: "example: whom models promote churn@2")
    @Argument(help: "A name with a version: churn@2.") var model: String
    @OptionGroup var place: Place

    func run() throws {
      let reference = model
      let receipt = try place.run { registry throws(RegistryFailure) in
        try registry.promote(reference)
      }
      let words = receipt.isKnown ? "is in use already" : "is in use now"
      Terminal.write("\(receipt.name)@\(receipt.version) \(words)\n")
    }
  }

  struct Rollback: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Puts the version in use that was before.",
      discussion: "example: whom models rollback churn")
    @Argument var name: String
    @OptionGroup var place: Place

    func run() throws {
      let name = name
      let receipt = try place.run { registry throws(RegistryFailure) in
        try registry.rollBack(name)
      }
      Terminal.write("\(receipt.name)@\(receipt.version) is in use again\n")
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes a model to a file, without the rows it was trained on.",
      discussion: """
        example: whom models export churn@2 churn.json
        Trees can be written for LightGBM's own programs: whom models export churn churn.txt --lightgbm
        """)
    @Argument var model: String
    @Argument var file: String
    @Flag(help: "The trees alone, as LightGBM writes them.") var lightgbm = false
    @OptionGroup var place: Place

    func run() throws {
      let (reference, path, isForLightGBM) = (model, file, lightgbm)
      let receipt = try place.run { registry throws(RegistryFailure) in
        isForLightGBM
          ? try registry.exportLightGBM(reference, to: path)
          : ExportReceipt(name: try registry.export(reference, to: path))
      }
      Terminal.write("wrote \(receipt.name) to \(Exit.escape(path, for: .terminal))\n")
      for note in receipt.notes { Terminal.write("  \(Exit.escape(note, for: .terminal))\n") }
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Saves a model from a file under a name.",
      discussion: """
        example: whom models import churn.json churn
        The file is one of `whom models export`, or a text file of LightGBM (`booster.save_model`). Its features
        are columns of the same names; what it does not say of itself can be given:
        whom models import trees.txt --as plans --target plan --classes basic,pro,max
        """)
    @Argument var file: String
    @Argument var name: String?
    @Option(name: .customLong("as"), help: "The name; the same as the second argument.")
    var given: String?
    @Option(help: "LightGBM: the column that it predicts, for `evaluate`.") var target = ""
    @Option(help: "LightGBM: the texts of its classes in order, with commas between.")
    var classes = ""
    @Option(help: "LightGBM, ranking: the column of the lists.") var group = ""
    @OptionGroup var place: Place

    func validate() throws {
      guard (name == nil) != (given == nil) else {
        throw ValidationError("give one name: whom models import \(file) churn")
      }
    }

    func run() throws {
      let (path, name) = (file, given ?? name ?? "")
      let reading = LightGBMReading(
        target: target, group: group,
        classes: classes.split(separator: ",").map {
          String($0.drop { $0 == " " })
        })
      let receipt = try place.run { registry throws(RegistryFailure) in
        try registry.bringIn(path, as: name, reading: reading)
      }
      let words = receipt.isKnown ? "is the same: nothing new was saved" : "is in use now"
      Terminal.write("\(receipt.name)@\(receipt.version) \(words)\n")
    }
  }
}
