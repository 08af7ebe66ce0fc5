import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Health")
struct HealthTests {
  private static let wall = Bench.moment("2018-06-15T12:00:00Z")

  private static func now(_ synchronised: Bool, up minutes: Int64) -> Now {
    Now(
      wall: wall, boot: BootTime(microseconds: minutes * 60_000_000), synchronised: synchronised)
  }

  /// What is known of the clock, and whether it may be trusted.
  struct Clock: CustomTestStringConvertible {
    var what: String
    var synchronised = false
    /// Seconds from our clock to an answer's `Date`.
    var date: Int64?
    var up: Int64 = 0
    var isTrusted: Bool
    var testDescription: String { what }
  }

  @Test(
    "a clock is trusted on evidence",
    arguments: [
      Clock(what: "synchronised", synchronised: true, isTrusted: true),
      Clock(
        what: "synchronised, whatever an answer says", synchronised: true, date: 9_000,
        isTrusted: true),
      Clock(what: "nothing known, just started", isTrusted: false),
      Clock(what: "nothing known for nearly 10 minutes", up: 9, isTrusted: false),
      Clock(what: "nothing known for 10 minutes", up: 10, isTrusted: true),
      Clock(what: "an answer agrees", date: 0, isTrusted: true),
      Clock(what: "5 minutes behind", date: 300, isTrusted: true),
      Clock(what: "5 minutes ahead", date: -300, isTrusted: true),
      Clock(what: "more than 5 minutes behind", date: 301, up: 60, isTrusted: false),
      Clock(what: "more than 5 minutes ahead", date: -301, up: 60, isTrusted: false),
    ])
  func clock(_ c: Clock) {
    var health = Health()
    let now = Self.now(c.synchronised, up: c.up)
    health.noteDate(c.date.map { Self.wall + .seconds($0) }, of: 1, now: now)
    let changed = health.judgeClock(now: now)
    #expect(health.clockIsTrusted == c.isTrusted)
    #expect(changed == !c.isTrusted, "it was trusted before")
    let again = health.judgeClock(now: now)
    #expect(!again, "a second look finds nothing new")
  }

  @Test("an answer without a date changes nothing, a step of the clock forgets what agreed")
  func forgets() {
    var health = Health()
    let now = Self.now(false, up: 1)
    health.noteDate(Self.wall, of: 1, now: now)
    health.noteDate(nil, of: 1, now: now)
    _ = health.judgeClock(now: now)
    #expect(health.clockIsTrusted)
    health.clockStepped(now: now)
    let changed = health.judgeClock(now: now)
    #expect(changed && !health.clockIsTrusted)
  }

  @Test("one provider whose clock agrees is enough, and one that is gone says nothing")
  func several() {
    var health = Health()
    let now = Self.now(false, up: 60)
    health.noteDate(Self.wall + .hours(1), of: 1, now: now)
    _ = health.judgeClock(now: now)
    #expect(!health.clockIsTrusted && !health.clockIsProven)
    health.noteDate(Self.wall, of: 2, now: now)
    _ = health.judgeClock(now: now)
    #expect(health.clockIsTrusted && health.clockIsProven)
    health.forgetDate(of: 2)
    _ = health.judgeClock(now: now)
    #expect(!health.clockIsTrusted)
    health.forgetDate(of: 1)
    _ = health.judgeClock(now: now)
    #expect(health.clockIsTrusted && !health.clockIsProven, "it is believed again")
  }

  @Test("a clock of which nothing is known is doubted for 10 minutes after each step")
  func stepped() {
    var health = Health()
    for (up, isTrusted) in [(Int64(60), false), (69, false), (70, true)] {
      if up == 60 { health.clockStepped(now: Self.now(false, up: up)) }
      _ = health.judgeClock(now: Self.now(false, up: up))
      #expect(health.clockIsTrusted == isTrusted, "after \(up) minutes")
    }
  }

  @Test("no call leaves while the process is in trouble")
  func lets() {
    #expect(Health().lets)
    let troubles: [(inout Health) -> Void] = [
      { $0.disk = .full }, { $0.disk = .away }, { $0.isStopping = true }, { $0.fatal = "why" },
    ]
    for (i, trouble) in troubles.enumerated() {
      var health = Health()
      trouble(&health)
      #expect(!health.lets, "trouble \(i)")
    }
  }

  @Test("a write that worked forgives the failed sync before it")
  func syncFailures() {
    var health = Health()
    health.syncFailures = 1
    health.succeededWriting()
    #expect(health.syncFailures == 0)
  }
}
