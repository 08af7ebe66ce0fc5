import Testing

@testable import DaybookCore

@Suite("How long a backlog will take")
struct ForecastTests {
  private func window(_ limit: Int, in seconds: Double, used: Int = 0) -> CallWindow {
    var window = CallWindow(WindowSpec(limit, in: seconds))
    for _ in 0..<used { window.call(at: 0) }
    return window
  }

  @Test("nothing to do takes no time, whatever is known", arguments: [0, -1])
  func nothing(calls: Int) {
    #expect(Forecast.seconds(forCalls: calls, windows: [], rate: 0) == 0)
    #expect(Forecast.seconds(forCalls: calls, windows: [window(1, in: 60)], rate: 9) == 0)
  }

  @Test("nothing known, nothing said") func unknown() {
    #expect(Forecast.seconds(forCalls: 10, windows: [], rate: 0) == nil)
    #expect(Forecast.seconds(forCalls: 10, windows: [window(60, in: 60)], rate: 0) == nil)
  }

  @Test(
    "what the windows have no room for is spread over them",
    arguments: [(60, nil), (61, 1), (120, 60), (660, 600), (6_060, 6_000)] as [(Int, Int?)])
  func oneWindow(calls: Int, seconds: Int?) {
    let windows = [window(60, in: 60)]
    #expect(Forecast.seconds(forCalls: calls, windows: windows, rate: 0) == seconds)
  }

  @Test("calls already made take room") func used() {
    let windows = [window(60, in: 60, used: 60)]
    #expect(Forecast.seconds(forCalls: 60, windows: windows, rate: 0) == 60)
  }

  @Test("the strictest window decides: 3,650 days at 60 a minute and 2,000 an hour") func several()
  {
    let windows = [window(60, in: 60), window(2_000, in: 3_600)]
    #expect(Forecast.seconds(forCalls: 3_650, windows: windows, rate: 0) == 3_590)
    #expect(Forecast.seconds(forCalls: 20_000, windows: windows, rate: 0) == 32_400)
  }

  @Test(
    "without windows, or with room in them, the measured rate decides",
    arguments: [(100, 2, 50), (100, 0.5, 200), (1, 1_000, 1), (7, 2, 4)])
  func rate(calls: Int, rate: Double, seconds: Int) {
    #expect(Forecast.seconds(forCalls: calls, windows: [], rate: rate) == seconds)
    let wide = [window(1_000, in: 60)]
    #expect(Forecast.seconds(forCalls: calls, windows: wide, rate: rate) == seconds)
  }

  @Test(
    "a measured rate counts between what the windows allow and half as much again",
    arguments: [(100, 600), (0.9, 734), (0.5, 900), (0.001, 900)])
  func bounded(rate: Double, seconds: Int) {
    let windows = [window(60, in: 60)]
    #expect(Forecast.seconds(forCalls: 660, windows: windows, rate: rate) == seconds)
  }

  @Test("rates and backlogs beyond reason overflow nothing")
  func extreme() {
    let century = 100 * 366 * 86_400
    for rate in [1e-300, Double.leastNonzeroMagnitude] {
      #expect(Forecast.seconds(forCalls: .max, windows: [], rate: rate) == century)
    }
    let windows = [window(1, in: 2_678_400)]
    #expect(Forecast.seconds(forCalls: .max, windows: windows, rate: 0) == century)
    #expect(Forecast.seconds(forCalls: 5, windows: [], rate: .infinity) == 0)
    #expect(Forecast.seconds(forCalls: 5, windows: [], rate: .nan) == nil)
  }
}
