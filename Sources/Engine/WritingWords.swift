import Connectivity
import Values

extension EngineWords {
  /// Why a file could not be written, in a few words; nil where the failure is about something
  /// else. Every failure of input or output that names the file is about it.
  static func refusal(of error: EngineError, writing path: String) -> String? {
    guard case .failed(let failure) = error else { return nil }
    for (needle, words) in refusals where failure.message.contains(needle) { return words }
    guard failure.kind == .io, failure.message.contains(FilePaths.name(path)) else { return nil }
    return "the system refused it"
  }

  private static let refusals = [
    ("No space left on device", "the disk is full"),
    ("Disk quota exceeded", "your share of the disk is used up"),
    ("Read-only file system", "the disk is read-only"),
    ("File name too long", "the name is too long"),
    ("Permission denied", "no permission to write there"),
    ("No such file or directory", "no file can be made there"),
    ("File too large", "larger than files may be here"),
  ]
}
