import ArgumentParser
import Connectivity
import Engine
import Notebooks
import Values

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Says which libraries are there, how to get the others, and which settings count.",
    discussion: """
      example: whom doctor
      Settings: default < whom.toml < front matter < environment (WHOM_ZONE) < flags (--zone).
      """)

  func run() throws {
    var isMissing = false
    Terminal.write("whom \(Whom.version)\n")
    let locations = DriverLocations.current()
    for library in locations.report() + [.lightGBM(in: locations.engineFolders)] {
      let name = Exit.escape(library.name, for: .terminal)
      switch library.state {
      case .found(let path, let version):
        Terminal.write("\(name) \(version)  \(Exit.escape(path, for: .terminal))\n")
      case .unusable(let path, let reason):
        isMissing = true
        Terminal.write("\(name): does not load\n  \(Exit.escape(path, for: .terminal))\n")
        Terminal.write("  \(Exit.escape(reason, for: .terminal))\n")
      case .missing(let searched):
        isMissing = true
        Terminal.write("\(name): missing; run `make setup` in Whom's folder\n")
        for place in searched {
          Terminal.write("  looked in \(Exit.escape(place, for: .terminal))\n")
        }
      }
    }
    for (name, version) in LinkedLibraries.versions {
      Terminal.write("\(name) \(version)  linked in\n")
    }
    let project = ProjectSettings(for: nil)
    Terminal.write("settings here: " + (project.projectPath ?? "no whom.toml") + "\n")
    Terminal.write(project.lines.map { "  \($0)\n" }.joined())
    if !project.problems.isEmpty {
      Terminal.report(project.rendered(project.problems))
      throw ExitCode(1)
    }
    if isMissing { throw ExitCode(1) }
  }
}
