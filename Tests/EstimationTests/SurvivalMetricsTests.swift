import Estimation
import Testing

@Suite("Survival targets are measured")
struct SurvivalMetricsTests {
  @Test("Concordance by hand: ties in risk count half, two events at one time are no pair")
  func byHand() {
    // Pairs that can be told apart: 1 before 2, 3, 4, 5; 2 before 4, 5 (3 ended with it); 3 before
    // 4, 5. 4 went on beyond 5's time, where 5 ended: 5 before 4.
    let times = [1.0, 2, 2, 4, 4]
    let events = [true, true, true, false, true]
    let risks = [0.9, 0.5, 0.2, 0.5, 0.3]
    // Right: 1 with four, 2 with 5 and half of 4, none of 3, none of 5.
    let concordance = Concordance(times: times, events: events, risks: risks)
    #expect(concordance.value == 5.5 / 9)
    #expect(Concordance(times: [1, 2], events: [false, true], risks: [1, 2]).value == nil)
  }

  @Test("Concordance is that of all pairs, counted one by one", arguments: [1, 2, 3])
  func byPairs(seed: UInt64) {
    var draws = Draws(seed: seed)
    let times = (0..<120).map { _ in (draws.uniform() * 20).rounded() }
    let events = times.map { _ in draws.uniform() < 0.6 }
    let risks = times.map { _ in (draws.uniform() * 8).rounded() }
    let counts = times.map { _ in (draws.uniform() * 3).rounded() }
    var right = 0.0
    var pairs = 0.0
    for a in times.indices where events[a] {
      for b in times.indices where a != b {
        guard times[a] < times[b] || (times[a] == times[b] && !events[b]) else { continue }
        let weight = counts[a] * counts[b]
        pairs += weight
        right += weight * (risks[a] > risks[b] ? 1 : risks[a] == risks[b] ? 0.5 : 0)
      }
    }
    let found = Concordance(times: times, events: events, risks: risks).value(counts)
    #expect(abs((found ?? 0) - right / pairs) < 1e-12)
  }

  @Test("The dummy: events in a unit of time, by weight")
  func dummy() throws {
    var request = TrainingRequest(
      .baseline, Formula(columns: ["x"]),
      frame: Frame(rowCount: 3, columns: [FrameColumn("x", .numbers([1, 2, 3]))]),
      target: .survival(times: [2, 5, 8], events: [true, false, true]))
    #expect(try Model.train(request).scores(request.frame) == [2.0 / 15, 2.0 / 15, 2.0 / 15])
    request.weights = [1, 2, 3]
    #expect(try Model.train(request).scores(request.frame)[0] == 4.0 / 36)
    request.target = .survival(times: [2, -5, 8], events: [true, false, true])
    #expect(throws: EstimationError.negativeTimes(rows: 1)) { _ = try Model.train(request) }
    request.target = .survival(times: [2, 5, 8], events: [false, false, false])
    #expect(throws: EstimationError.noEvents(rows: 3)) { _ = try Model.train(request) }
    request.target = .survival(times: [2, .nan, 8], events: [true, true, false])
    #expect(throws: EstimationError.missingTarget(rows: 1)) { _ = try Model.train(request) }
  }
}
