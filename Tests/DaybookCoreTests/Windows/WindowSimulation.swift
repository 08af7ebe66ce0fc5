import Glibc

@testable import DaybookCore

/// A client in virtual time that keeps its windows as the engine does: slots are taken, what the
/// ledger must know is stored, then the calls leave; and it may die between any two of these.
struct WindowSimulation {
  struct Options {
    var specs: [WindowSpec]
    /// Stops after so many contacts.
    var contacts: Int
    var inFlight = 8
    /// Median of the lognormal time that an answer takes, in seconds.
    var latency = 0.2
    /// The longest call, in seconds; slower ones are given up.
    var timeout = 30.0
    /// Shares of calls that never connect, that are repeated, that nobody answers.
    var unconnected = 0.0
    var repeated = 0.0
    var lost = 0.0
    /// Mean seconds between two crashes; nil: none. A share of them takes the machine along.
    var crashes: Double?
    var reboots = 0.0
    /// Mean seconds until the next start; nil: half of the first window.
    var downtime: Double?
    /// Chance that the work pauses for a while after a call.
    var pauses = 0.0
    /// Seconds between two calls at least.
    var spacing = 0.0
  }
  private struct Flight {
    var ends: Int64
    var sends: Int
    var isGivenUp: Bool
  }
  private struct Commit {
    var windows: [[UInt8]]
    /// Calls begun by then.
    var begun: Int
  }

  let options: Options
  private var random: SeededRandom
  private(set) var windows: [CallWindow]
  private(set) var log: [Contact] = []
  private(set) var crashes = 0
  private(set) var commits = 0
  private(set) var mostRuns = 0
  private(set) var mostBytes = 0

  private var time: Int64 = 0
  private var startedAt: Int64 = -3_600_000_000
  private var flights: [Flight] = []
  private var ledger: [Commit]
  private var begun = 0
  /// Starts of the machine, and the newest of them that the ledger knows of.
  private var boots = 0
  private var notedBoots = 0
  private var idleUntil: Int64 = 0
  private var crashAt = Int64.max

  init(_ options: Options, seed: UInt64) {
    self.options = options
    random = SeededRandom(seed: seed)
    windows = options.specs.map(CallWindow.init)
    ledger = []
    let fresh = windows
    ledger = [Commit(windows: fresh.map { $0.stored(now: now) }, begun: 0)]
    scheduleCrash()
  }

  private var now: Now {
    Now(
      wall: Instant(microseconds: 1_466_251_234_567_890 + time),
      boot: BootTime(microseconds: time - startedAt))
  }

  mutating func run() {
    while log.count < options.contacts { step() }
    log.sort { $0.arrived < $1.arrived }
  }

  /// Share of the allowed budget that was used: the time in which the strictest limit allows so
  /// many whole windows, over the time they took.
  func budgetUsed(of spec: WindowSpec) -> Double {
    let sent = log.map(\.sent).sorted()
    let whole = (sent.count - 1) / spec.limit
    return Double(whole) * spec.seconds * 1_000_000 / Double(sent[whole * spec.limit] - sent[0])
  }

  /// The first contact that a server would have refused, in words; nil: none.
  mutating func refusal() -> String? {
    for spec in options.specs {
      let oracle = Oracle(spec)
      let phases = [0] + (0..<4).map { _ in Int64.random(in: 0..<oracle.length, using: &random) }
      for counting in phases.map({ Counting.fixed(phase: $0) }) + [.firstCall, .rolling] {
        if let contact = oracle.refused(log, counting) {
          return "\(spec.name): \(counting) refuses the call at \(contact.arrived) µs"
        }
      }
    }
    return nil
  }

  // MARK: One step

  private mutating func step() {
    endCalls()
    let room = takeSlots()
    if time >= crashAt, random.chance(0.3) { return crash() }
    commit()
    if time >= crashAt, random.chance(0.5) { return crash() }
    for _ in 0..<room.taken { send() }
    if time >= crashAt { return crash() }
    var next = min(crashAt, flights.map(\.ends).min() ?? .max)
    if idleUntil > time {
      next = min(next, idleUntil)
    } else if let opens = room.opens {
      next = min(next, opens)
    }
    precondition(next < .max, "nothing will ever happen again")
    time = max(time, next)
  }

  private mutating func endCalls() {
    for flight in flights where flight.ends <= time {
      let latest = flight.isGivenUp ? now.boot + .microseconds(microseconds(options.timeout)) : nil
      for i in windows.indices {
        windows[i].end(at: now, sends: flight.sends, arrivingBy: latest)
      }
    }
    flights.removeAll { $0.ends <= time }
  }

  /// Takes slots for as many calls as may leave; tells how many, and when there are more.
  private mutating func takeSlots() -> (taken: Int, opens: Int64?) {
    var taken = 0
    while flights.count + taken < options.inFlight, idleUntil <= time {
      let openings = windows.indices.map { windows[$0].opening(now: now) }
      for opening in openings {
        if case .at(let moment) = opening { return (taken, moment.microseconds + startedAt) }
        if case .whenOneEnds = opening { return (taken, nil) }
      }
      for i in windows.indices { windows[i].take(now: now) }
      begun += 1
      taken += 1
      if random.chance(options.pauses) {
        idleUntil = time + microseconds(random.exponential(options.specs[0].seconds / 4))
      } else if options.spacing > 0 {
        idleUntil = time + microseconds(options.spacing)
      }
    }
    return (taken, nil)
  }

  private mutating func commit() {
    mostRuns = max(mostRuns, windows.map(\.runs.count).max() ?? 0)
    notedBoots = boots
    guard windows.contains(where: { !$0.isCovered }) else { return }
    for i in windows.indices { windows[i].reserve() }
    ledger.append(Commit(windows: windows.map { $0.stored(now: now) }, begun: begun))
    if ledger.count > 64 { ledger.removeFirst(32) }
    commits += 1
    mostBytes = max(mostBytes, ledger.last?.windows.map(\.count).max() ?? 0)
  }

  private mutating func send() {
    let timeout = microseconds(options.timeout)
    var takes = min(timeout, microseconds(random.lognormal(options.latency)) + 2)
    let fate = random.unit()
    let isLost = fate < options.lost
    if isLost { takes = timeout }
    var arrivals = 1
    if fate > 1 - options.unconnected { arrivals = 0 }
    if fate > 0.4, fate < 0.4 + options.repeated { arrivals = 2 }
    for index in 0..<arrivals {
      // What was given up may still arrive, as late again as a call may take.
      let latest = isLost ? 2 * takes : takes
      let arrived = time + Int64.random(in: 0..<latest, using: &random)
      log.append(
        Contact(sent: time, ended: time + takes, arrived: arrived, isRepeat: index == 1))
    }
    flights.append(Flight(ends: time + takes, sends: arrivals, isGivenUp: takes == timeout))
  }

  // MARK: Crashes

  private mutating func scheduleCrash() {
    crashAt = options.crashes.map { time + microseconds(random.exponential($0)) } ?? .max
  }

  /// Everything but the ledger is gone; with the machine, also its last commits.
  private mutating func crash() {
    crashes += 1
    flights = []
    let latest = time + microseconds(options.timeout)
    for i in log.indices where log[i].ended > time { log[i].arrived = min(log[i].arrived, latest) }
    let takesMachine = random.chance(options.reboots)
    time += microseconds(random.exponential(options.downtime ?? options.specs[0].seconds / 2))
    var survivor = ledger.count - 1
    if takesMachine {
      boots += 1
      startedAt = time - 5_000_000
      let kept = ledger.firstIndex { begun - $0.begun <= options.inFlight } ?? survivor
      survivor = Int.random(in: kept...survivor, using: &random)
    }
    ledger.removeSubrange((survivor + 1)...)
    let longest = Duration.microseconds(microseconds(options.timeout))
    windows = zip(options.specs, ledger[survivor].windows).map { spec, bytes in
      CallWindow(
        spec, stored: bytes, sameBoot: notedBoots == boots, now: now,
        longestCall: longest,
        inFlightCap: options.inFlight)
    }
    scheduleCrash()
  }
}

private func microseconds(_ seconds: Double) -> Int64 { Int64((seconds * 1_000_000).rounded()) }

extension SeededRandom {
  /// 0 included, 1 excluded.
  mutating func unit() -> Double { Double.random(in: 0..<1, using: &self) }
  mutating func chance(_ share: Double) -> Bool { unit() < share }
  mutating func exponential(_ mean: Double) -> Double { -mean * log(1 - unit()) }
  /// With this median and σ 0.5, by Box and Muller.
  mutating func lognormal(_ median: Double) -> Double {
    let normal = sqrt(-2 * log(1 - unit())) * cos(2 * .pi * unit())
    return median * exp(0.5 * normal)
  }
}
