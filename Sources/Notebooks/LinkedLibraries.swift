import CMarkdown
import CYAML
import Statistics

/// The C libraries that are linked into the program, with their versions, for `whom doctor`.
package enum LinkedLibraries {
  package static var versions: [(name: String, version: String)] {
    [
      ("cmark-gfm", String(cString: cmark_version_string())),
      ("libyaml", String(cString: whom_yaml_version())),
      ("Boost.Math", boostVersion),
    ]
  }
}
