import Foundation
import Testing

/// The commands that `whom --help` lists, their pages, and what is said to mistakes in them.
@Suite("Help of the commands")
struct HelpTests {
  private func commands() throws -> [String] {
    let help = try Program()("--help").output
    let list = help.components(separatedBy: "SUBCOMMANDS:").dropFirst().first ?? ""
    return list.matches(of: #/\n  ([a-z]+) /#).map { String($0.1) }
  }

  @Test("Each is told with an example, in the README, and in the list")
  func pages() throws {
    let all = try commands()
    #expect(all.count >= 8 && all.contains("run") && all.contains("doc"))
    let readme = try String(contentsOfFile: Program.inProject("README.md"), encoding: .utf8)
    for command in all {
      #expect(readme.contains("| `whom \(command)"), "\(command) is in the README")
      let page = try Program()(command, "--help")
      #expect(page.code == 0)
      #expect(page.output.contains("example: whom \(command)"), "\(page.output)")
      #expect(page.errors == "")
    }
    let program = try Program()("script", "--help")
    #expect(program.output.contains("example: whom -c"))
  }

  @Test("A flag that none has names the nearest, and exits with 2")
  func flags() throws {
    for command in try commands() {
      let file = ["run", "check"].contains(command) ? ["x.md"] : []
      let run = try Program().start([command, "--no-such-flag-here"] + file).result()
      #expect(run.code == 2, "\(command)")
      #expect(run.output == "")
      #expect(run.errors.contains("--no-such-flag-here"))
      #expect(run.errors.contains("whom \(command)"), "\(run.errors)")
    }
    #expect(try Program()("check", "--ofline", "x.whom").errors.contains("mean '--offline'?"))
  }

  @Test(
    "A command or a file that was meant otherwise",
    arguments: [
      (["chek", "a.whom"], "did you mean `whom check`?"),
      (["exlpain"], "did you mean `whom explain`?"),
      (["nb.md"], "a notebook runs with `whom run nb.md`"),
      (["run", "a.whom"], "a program runs with `whom a.whom`"),
      (["a.wohm"], "cannot read `a.wohm`"),
    ])
  func otherwise(_ arguments: [String], _ words: String) throws {
    let whom = Program()
    try whom.folder.write("a.whom", "1 + 1\n")
    try whom.folder.write("nb.md", "# A\n\n```whom\n1 + 1\n```\n")
    let run = try whom.start(arguments).result()
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(run.errors.contains(words), "\(run.errors)")
    #expect(whom.folder.names == ["a.whom", "nb.md"])
  }

  @Test("doc tells of everything that its list names")
  func doc() throws {
    let list = try Program()("doc").output
    let names = list.matches(of: #/\n  ([a-z_0-9]+) /#).map { String($0.1) }
    #expect(names.count > 250)
    #expect(
      Set(["where", "round", "boosted_trees", "rfm", "names", "prompt", "offline", "int"])
        .isSubset(of: names))
    for name in stride(from: 0, to: names.count, by: 9).map({ names[$0] }) + ["prompt", "offline"] {
      let page = try Program()("doc", name)
      #expect(page.code == 0, "\(name)")
      #expect(
        page.output.hasPrefix(name) || page.output.hasPrefix("use \(name)")
          || page.output.contains("\(name)(")
          || page.output.contains("using \(name)"), "\(page.output)")
    }
    let near = try Program()("doc", "summarise")
    #expect(near.code == 2)
    #expect(near.errors == "whom: nothing is called `summarise`; did you mean summarize?\n")
    let whom = Program()
    try whom.folder.write("mine.whom", "## Twice as much.\nfn twice(x: number) = x * 2\n")
    let own = try whom("doc", "mine.whom")
    #expect(own.output.contains("twice(x") && own.output.contains("Twice as much"))
  }

  @Test("explain tells of each code of its list")
  func explain() throws {
    let list = try Program()("explain").output.split(separator: "\n")
    #expect(list.count > 80)
    for line in stride(from: 0, to: list.count, by: 11).map({ list[$0] }) {
      let code = String(line.prefix { $0 != " " })
      let title = line.dropFirst(code.count).drop { $0 == " " }
      let page = try Program()("explain", code)
      #expect(page.code == 0)
      #expect(page.output.contains(code) && page.output.contains(title), "\(page.output)")
    }
    #expect(try Program()("explain", "e0609").output.contains("--offline"))
    #expect(try Program()("explain", "E06").output.contains("E0609  a source whose columns"))
    #expect(try Program()("explain", "E0202x").errors.contains("did you mean E0202?"))
  }
}
