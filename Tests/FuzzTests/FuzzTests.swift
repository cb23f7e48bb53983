import Glibc
import Testing

/// Inputs that nobody would write, against each part that reads what people write. A few thousand
/// on every run, the same ones; `WHOM_FUZZ_SECONDS=600` goes on for so long with new ones,
/// `WHOM_FUZZ_TARGET=checker` takes one part, and `WHOM_FUZZ_INPUT=FILE` looks at one input. The input at hand is kept in `/tmp/whom-fuzz-TARGET`, for
/// when it ends the process.
@Suite("Fuzzing", .serialized)
struct FuzzTests {
  /// Slower than this is a finding too, for whoever goes on for seconds, on a machine of their
  /// own: inputs have at most 6,000 bytes.
  private static let limit = Duration.seconds(2)

  @Test("Whatever is read, it holds", arguments: FuzzTarget.allCases)
  func holds(_ target: FuzzTarget) {
    if let only = setting("WHOM_FUZZ_TARGET"), only != target.rawValue { return }
    onBigStack { run(target) }
  }

  @Test("There is something to mutate")
  func seeds() {
    #expect(Seeds.programs.count > 500)
    #expect(Seeds.notebooks.count > 10)
    #expect(Seeds.settings.allSatisfy { !$0.isEmpty })
  }

  private func run(_ target: FuzzTarget) {
    if let path = setting("WHOM_FUZZ_INPUT") {
      let problem = Seeds.read(path).flatMap(target.violation)
      #expect(problem == nil)
      return
    }
    let seconds = setting("WHOM_FUZZ_SECONDS").flatMap { Int($0) }
    let start = setting("WHOM_FUZZ_SEED").flatMap { UInt64($0) } ?? 1
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds ?? 0)
    let last = LastInput(target.rawValue)
    let tokens = target.wantsPrograms ? TokenMutator(target.seeds) : nil
    var (count, read) = (0, 0)
    var found: Set<String> = []
    while seconds == nil ? count < Self.usualCount : clock.now < end {
      var mutator = Mutator(
        random: SplitMix64(state: (start << 32) &+ UInt64(count)), seeds: target.seeds,
        tokens: tokens)
      let input = mutator.input()
      last.keep(input)
      let before = clock.now
      var problem = target.violation(input)
      if seconds != nil, problem == nil, clock.now - before > Self.limit {
        problem = "it took too long"
      }
      if let problem, found.insert(String(problem.prefix(40))).inserted {
        report(problem, Self.smaller(input, target), target)
      }
      count += 1
      if seconds != nil, count % 100 == 0, target.reads(input) { read += 1 }
    }
    if seconds != nil {
      print("\(target.rawValue): \(count) inputs, \(read) of \(count / 100) without a mistake,")
      print("  \(found.count) findings")
    }
  }

  private static var usualCount: Int {
    #if DEBUG
      return 150
    #else
      return 2000
    #endif
  }

  private func report(_ problem: String, _ input: [UInt8], _ target: FuzzTarget) {
    let text = String(decoding: input, as: UTF8.self)
    Issue.record("\(target.rawValue): \(problem)\n--- input\n\(text.debugDescription)")
  }

  private func setting(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The input without the parts that it does not need to be a finding.
  private static func smaller(_ input: [UInt8], _ target: FuzzTarget) -> [UInt8] {
    var input = input
    var size = max(1, input.count / 2)
    while size >= 1 {
      var at = 0
      while at < input.count {
        var shorter = input
        shorter.removeSubrange(at..<min(at + size, input.count))
        if target.violation(shorter) != nil { input = shorter } else { at += size }
      }
      size /= 2
    }
    return input
  }
}

/// Where the input at hand can be found when it ended the process.
final class LastInput {
  private let file: Int32

  init(_ target: String) {
    file = open("/tmp/whom-fuzz-\(target)", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  }

  func keep(_ input: [UInt8]) {
    _ = ftruncate(file, 0)
    _ = pwrite(file, input, input.count, 0)
  }

  deinit { close(file) }
}

/// Runs on a thread with 64 MB of stack, as the program itself does.
func onBigStack(_ body: () -> Void) {
  withoutActuallyEscaping(body) { body in
    final class Work {
      let body: () -> Void
      init(_ body: @escaping () -> Void) { self.body = body }
    }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 64 << 20)
    var thread = pthread_t()
    let work = Work(body)
    pthread_create(
      &thread, &attributes,
      { pointer in
        if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeUnretainedValue().body() }
        return nil
      }, Unmanaged.passUnretained(work).toOpaque())
    pthread_join(thread, nil)
  }
}
