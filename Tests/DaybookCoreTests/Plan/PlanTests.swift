import Testing

@testable import DaybookCore

@Suite("What a lane does next")
struct PlanTests {
  private static let work = DayWork(stream: 2, day: Day(number: 17_000), workClass: .backfill)
  private static let soon = boot(60)

  /// A lane with everything to do and nothing in its way.
  private static var busy: LaneView {
    var view = LaneView()
    view.fact = "/user/profile"
    view.knowsDays = true
    view.index = 1
    view.changes = 2
    view.work = work
    view.nextDue = soon
    return view
  }

  struct Row: CustomStringConvertible {
    var description: String
    var step: Step
    var change: @Sendable (inout LaneView) -> Void
  }

  /// The table, one row each, with everything that stands below it in the table still to be done.
  static let rows: [Row] = [
    Row(description: "is paused, sealed, not signed in, or held", step: .rest) {
      $0.standing = .closed
    },
    Row(description: "has a refresh in flight", step: .rest) {
      $0.refreshInFlight = true
      $0.refresh = .due
    },
    Row(description: "waits after trouble", step: .wait(soon)) {
      $0.notBefore = soon
      $0.refresh = .due
    },
    Row(description: "has a token that ends", step: .refresh) {
      $0.refresh = .due
      $0.opening = .at(soon)
    },
    Row(description: "has a token that ended for good", step: .askForSignIn) {
      $0.refresh = .impossible
      $0.opening = .whenOneEnds
    },
    Row(description: "has no room before a moment", step: .wait(boot(5))) {
      $0.opening = .at(boot(5))
      $0.inFlight = 99
    },
    Row(description: "has no room before an answer", step: .rest) { $0.opening = .whenOneEnds },
    Row(description: "has enough calls in flight", step: .rest) { $0.inFlight = $0.inFlightLimit },
    Row(description: "has a page to ask for", step: .page) {
      $0.hasPage = true
      $0.walksBack = true
    },
    Row(description: "has a fact to learn", step: .fact("/user/profile")) {
      $0.knowsDays = false
    },
    Row(description: "looks for its first day", step: .walk) {
      $0.fact = nil
      $0.walksBack = true
      $0.knowsDays = false
    },
    Row(description: "does not know its days, and nothing waits", step: .rest) {
      $0.fact = nil
      $0.knowsDays = false
      $0.nextDue = nil
    },
    Row(description: "does not know its days, and something waits", step: .wait(soon)) {
      $0.fact = nil
      $0.knowsDays = false
    },
    Row(description: "has an index to read", step: .index(1)) { $0.fact = nil },
    Row(description: "has a list of changes to read", step: .changes(2)) {
      $0.fact = nil
      $0.index = nil
    },
    Row(description: "has a day to read", step: .day(work)) {
      $0.fact = nil
      $0.index = nil
      $0.changes = nil
    },
    Row(description: "has days waiting", step: .wait(soon)) {
      $0.fact = nil
      $0.index = nil
      $0.changes = nil
      $0.work = nil
    },
    Row(description: "has nothing at all", step: .rest) {
      $0.fact = nil
      $0.index = nil
      $0.changes = nil
      $0.work = nil
      $0.nextDue = nil
    },
  ]

  @Test("each row of the table", arguments: rows)
  func table(row: Row) {
    var view = Self.busy
    row.change(&view)
    #expect(plan(view, now: moment()) == row.step)
  }

  @Test("a wait that has passed is none", arguments: [(-1, false), (0, false), (1, true)])
  func passed(seconds: Double, waits: Bool) {
    var view = Self.busy
    view.notBefore = boot(seconds)
    #expect((plan(view, now: moment()) == .wait(boot(seconds))) == waits)
  }

  @Test("a new view may call eight at once, and is otherwise empty") func fresh() {
    let view = LaneView()
    #expect(view.inFlightLimit == Limits.callsInFlightPerLane)
    #expect(plan(view, now: moment()) == .rest)
  }

  // MARK: Every combination

  private static var views: [LaneView] {
    var out = [LaneView()]
    func vary<T>(_ path: WritableKeyPath<LaneView, T>, _ values: [T]) {
      out = out.flatMap { view in
        values.map { value in
          var copy = view
          copy[keyPath: path] = value
          return copy
        }
      }
    }
    vary(\.standing, [.open, .closed])
    vary(\.refresh, [.notDue, .due, .impossible])
    vary(\.refreshInFlight, [false, true])
    vary(\.notBefore, [nil, boot(-1), boot(9)])
    vary(\.opening, [.now(1), .at(boot(5)), .whenOneEnds])
    vary(\.inFlight, [0, 7, 8])
    vary(\.hasPage, [false, true])
    vary(\.fact, [nil, "/p"])
    vary(\.walksBack, [false, true])
    vary(\.knowsDays, [false, true])
    vary(\.index, [nil, 0])
    vary(\.changes, [nil, 0])
    vary(\.work, [nil, work])
    vary(\.nextDue, [nil, boot(3)])
    return out
  }

  @Test("in every combination a call leaves only where nothing at all stands in its way")
  func combinations() {
    var counts: [String: Int] = [:]
    let views = Self.views
    for view in views {
      let step = plan(view, now: moment())
      let isFree =
        view.standing == .open && !view.refreshInFlight && view.notBefore != boot(9)
      let mayCall =
        isFree && view.refresh == .notDue && view.opening == .now(1) && view.inFlight < 8
      switch step {
      case .refresh: #expect(isFree && view.refresh == .due)
      case .askForSignIn: #expect(isFree && view.refresh == .impossible)
      case .page: #expect(mayCall && view.hasPage)
      case .walk: #expect(mayCall && view.walksBack && !view.hasPage && view.fact == nil)
      case .fact(let path): #expect(mayCall && view.fact == path && !view.hasPage)
      case .index(let stream): #expect(mayCall && view.knowsDays && view.index == stream)
      case .changes(let stream):
        #expect(mayCall && view.knowsDays && view.index == nil && view.changes == stream)
      case .day(let work): #expect(mayCall && view.knowsDays && view.work == work)
      case .wait(let until): #expect(view.standing == .open && until > boot(0))
      case .rest:
        // Somebody else wakes it: an answer, a refresh, a command; or nothing is to be done.
        let hasWork =
          view.fact != nil || view.hasPage || view.walksBack
          || (view.knowsDays && (view.index ?? view.changes ?? view.work?.stream) != nil)
        #expect(!mayCall || !hasWork && view.nextDue == nil)
      }
      counts["\(step)".prefix { $0 != "(" }.description, default: 0] += 1
    }
    #expect(views.count == 2 * 3 * 2 * 3 * 3 * 3 * 256)
    #expect(counts.count == 10)
  }
}
