import Testing

@testable import DaybookCore

@Suite("Meters in an answer's headers")
struct MeterReaderTests {
  private static let minute = WindowSpec(60, in: 60, align: .clock, name: "minute")
  private static let hour = WindowSpec(2_000, in: 3_600, align: .clock, name: "hour")

  private func apply(
    _ meters: [Meter], _ headers: [(String, String)], to windows: [CallWindow]? = nil,
    at now: Now = moment(10)
  ) -> (windows: [CallWindow], garbage: Int) {
    var windows = windows ?? [CallWindow(Self.minute), CallWindow(Self.hour)]
    let garbage = MeterReader.apply(
      meters, headers: headers.map { Field($0.0, $0.1) }, windows: &windows, now: now)
    return (windows, garbage)
  }

  private func room(_ window: CallWindow, at seconds: Double = 10) -> Int? {
    var window = window
    if case .now(let room) = window.opening(at: seconds) { return room }
    return nil
  }

  private let moves = [
    Meter(header: "X-RateLimit-MinuteLimit", says: .limit, windows: ["minute"]),
    Meter(header: "X-RateLimit-MinuteRemaining", says: .left, windows: ["minute"]),
    Meter(header: "X-RateLimit-HourLimit", says: .limit, windows: ["hour"]),
    Meter(header: "X-RateLimit-HourRemaining", says: .left, windows: ["hour"]),
  ]

  @Test("each header speaks of its window, whatever the case it is written in in the file")
  func eachItsWindow() {
    let (windows, garbage) = apply(
      moves,
      [
        ("x-ratelimit-minutelimit", "40"), ("x-ratelimit-minuteremaining", "12"),
        ("x-ratelimit-hourlimit", "4000"), ("x-ratelimit-hourremaining", "1999"),
      ])
    #expect(windows.map(\.limit) == [40, 2_000])
    #expect(windows.map { room($0) } == [12, 1_999])
    #expect(garbage == 0)
  }

  @Test("no header means unknown") func missing() {
    let (windows, garbage) = apply(moves, [("content-type", "application/json")])
    #expect(windows.map { room($0) } == [60, 2_000])
    #expect(garbage == 0)
  }

  @Test(
    "garbage is left alone and counted",
    arguments: [
      "", " ", "-1", "-0", "many", "1e3", "12x", "1 2", "0x10", "12.x", ".5", "12.", "null",
      "9999999999999999", "99999999999999999999", "12;w=60", "٣",
    ])
  func garbage(text: String) {
    let (windows, garbage) = apply(moves, [("x-ratelimit-minuteremaining", text)])
    #expect(windows.map { room($0) } == [60, 2_000])
    #expect(garbage == 1)
  }

  @Test(
    "a whole number counts, with blanks around it; a fraction is cut off",
    arguments: [("12", 12), (" 12\t", 12), ("12.9", 12), ("012", 12), ("12, 60", 12)])
  func numbers(text: String, left: Int) {
    let (windows, garbage) = apply(moves, [("x-ratelimit-minuteremaining", text)])
    #expect(room(windows[0]) == left)
    #expect(garbage == 0)
  }

  @Test("a header may hold one value for each of several windows, in their order") func lists() {
    let strava = [
      Meter(header: "X-RateLimit-Limit", says: .limit, windows: ["minute", "hour"]),
      Meter(header: "X-RateLimit-Usage", says: .used, windows: ["minute", "hour"]),
    ]
    func rooms(_ limit: String, _ usage: String) -> ([Int?], Int) {
      let (windows, garbage) = apply(
        strava, [("x-ratelimit-limit", limit), ("x-ratelimit-usage", usage)])
      return (windows.map { room($0) }, garbage)
    }
    #expect(rooms("50,1000", "45,20") == ([5, 980], 0))
    #expect(rooms("50, 1000", "45 , 20") == ([5, 980], 0))
    #expect(rooms("50,many", "45,20") == ([5, 1_980], 1))
    #expect(rooms("50", "45,20") == ([15, 1_980], 1))
    #expect(rooms("", "45,20") == ([15, 1_980], 1))
    #expect(rooms("50,1000,9", "45,20,7") == ([5, 980], 0))
  }

  @Test("a window that is not there takes its value along") func absent() {
    let meter = Meter(header: "x-left", says: .left, windows: ["day", "minute"])
    let (windows, garbage) = apply([meter], [("x-left", "500,7")])
    #expect(windows.map { room($0) } == [7, 2_000])
    #expect(garbage == 0)
  }

  @Test("nearest is the window with the least room by our own count") func nearest() {
    let meter = Meter(header: "x-left", says: .left, windows: [])
    #expect(apply([meter], [("x-left", "5")]).windows.map { room($0) } == [5, 2_000])
    var hour = CallWindow(Self.hour)
    for _ in 0..<1_950 { hour.call(at: 9) }
    let windows = [CallWindow(Self.minute), hour]
    #expect(apply([meter], [("x-left", "5")], to: windows).windows.map { room($0) } == [60, 5])
    #expect(apply([meter], [("x-left", "5")], to: []).garbage == 0)
  }

  @Test("the order of the file does not matter: limits, then the room, then resets")
  func order() {
    let meters = [
      Meter(header: "x-reset", says: .resetsIn, windows: ["minute"]),
      Meter(header: "x-used", says: .used, windows: ["minute"]),
      Meter(header: "x-limit", says: .limit, windows: ["minute"]),
    ]
    let headers = [("x-used", "40"), ("x-limit", "40"), ("x-reset", "20")]
    for some in [meters, meters.reversed()] {
      var window = apply(some, headers).windows[0]
      #expect(window.opening(at: 10) == .at(boot(31)))
    }
  }

  @Test(
    "a reset counts whole seconds, and up to one more",
    arguments: [
      (0, 11), (1, 12), (49, 60), (110, 121), (119, 130), (120, 60.05),
      (1_000_000_000_000_000, 60.05),
    ])
  func resetsIn(seconds: Int, opens: Double) {
    let meters = [moves[1], Meter(header: "x-reset", says: .resetsIn, windows: ["minute"])]
    var window = apply(
      meters, [("x-ratelimit-minuteremaining", "0"), ("x-reset", "\(seconds)")]
    ).windows[0]
    #expect(window.opening(at: 10) == .at(boot(opens)))
  }

  @Test("a reset at a moment is a wait by the server's clock") func resetsAt() {
    let meters = [moves[1], Meter(header: "x-reset", says: .resetsAt, windows: ["minute"])]
    func opens(_ epoch: Int64, date: String? = nil) -> CallWindow.Opening {
      var headers = [("x-ratelimit-minuteremaining", "0"), ("x-reset", "\(epoch)")]
      if let date { headers.append(("date", date)) }
      var window = apply(meters, headers).windows[0]
      return window.opening(at: 10)
    }
    let noon: Int64 = 1_466_251_200
    #expect(opens(noon + 40) == .at(boot(41)))
    #expect(opens(noon + 3_640, date: "Sat, 18 Jun 2016 13:00:10 GMT") == .at(boot(41)))
    // In the past, in milliseconds, in another century: not to be understood.
    for wrong in [noon - 1, noon * 1_000, 0, noon + 90_000, 1_000_000_000_000_000] {
      #expect(opens(wrong) == .at(boot(60.05)))
    }
  }
}
