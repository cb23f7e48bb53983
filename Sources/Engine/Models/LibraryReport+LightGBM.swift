package import Connectivity
import Estimation

extension LibraryReport {
  /// The library that `boosted_trees`, `random_forest` and `ranker` need.
  package static func lightGBM(in folders: [String]) -> LibraryReport {
    LibraryReport(name: "LightGBM", state: stateOfLightGBM(folders))
  }

  private static func stateOfLightGBM(_ folders: [String]) -> State {
    guard let path = try? LightGBMLibrary.path(in: folders) else {
      return .missing(searched: folders)
    }
    do throws(EstimationError) {
      _ = try LightGBMLibrary.find(in: folders)
      return .found(path: path, version: version(beside: path))
    } catch {
      return .unusable(path: path, reason: error.message)
    }
  }
}
