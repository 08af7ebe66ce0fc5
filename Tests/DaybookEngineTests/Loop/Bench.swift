import DaybookCore
import Testing

@testable import DaybookEngine

/// An engine driven by hand: the test gives it events, looks at what it wants done, and turns the
/// clock. Calls are answered in the words of a provider, files are put away by saying so.
final class Bench {
  let folder = ScratchFolder(inMemory: true)
  var configuration: Configuration
  var wall = Bench.moment("2018-06-15T12:00:00Z")
  var boot = BootTime(microseconds: 0)
  var synchronised = true
  private let disk: ProbeResult
  private var current: Engine?

  /// Of the last batch.
  private(set) var effects: [Effect] = []
  private(set) var log: [Entry] = []
  private(set) var answers: [CommandID: [ControlReply]] = [:]
  /// Calls that left and have no answer yet, in order.
  private(set) var open: [Call] = []
  /// Days on their way into the archive.
  private(set) var filing: [PersistItem] = []
  private(set) var discarded: [Spooled] = []
  /// Answers that are to be put together.
  private(set) var assembling: [AssembleJob] = []
  /// What is in each temporary file.
  private(set) var bodies: [String: [UInt8]] = [:]
  private var made = 0

  /// A signed-in account `me` at provider `p`, whose only stream has the days from 12 to 15 June.
  init(_ change: (inout BenchOptions) -> Void = { _ in }) throws {
    var options = BenchOptions()
    change(&options)
    configuration = options.configuration
    synchronised = options.synchronised
    disk = options.disk
    boot = BootTime(microseconds: options.up.inMicroseconds)
    try options.prepare(folder, now: wall)
    try begin()
  }

  var engine: Engine {
    guard let current else { preconditionFailure("the engine did not start") }
    return current
  }
  var now: Now { Now(wall: wall, boot: boot, synchronised: synchronised) }

  static func moment(_ text: String) -> Instant {
    guard let moment = Instant(rfc3339: text) else { preconditionFailure("no moment: \(text)") }
    return moment
  }

  // MARK: Life

  /// A process starts on what the one before left.
  func begin(bootID: String = "boot") throws(EngineFailure) {
    current = nil
    open = []
    filing = []
    let engine = try Engine(setup(bootID), now: now)
    current = engine
    // As the daemon: it knows of its disk before it starts.
    note(engine.handle([.probed(disk)], now: now))
    note(engine.start(now: now))
  }

  /// A process starts on what a kill left, and finds every file as it should be. What it looked at.
  @discardableResult
  func restart() throws(EngineFailure) -> [CheckJob] {
    try begin()
    return passChecks()
  }

  /// The check under way finds nothing.
  @discardableResult
  func passChecks() -> [CheckJob] {
    var jobs: [CheckJob] = []
    while let job = checks.first {
      jobs.append(job)
      var result = CheckResult(id: job.id)
      result.checked = job.rows.count
      handle(.checked(result))
    }
    return jobs
  }

  func setup(_ bootID: String = "boot") -> EngineSetup {
    EngineSetup(
      stateDirectory: folder.path, configuration: configuration, bootID: bootID, seed: 7,
      version: "1.0", pid: 4, zones: ZoneStore())
  }

  @discardableResult
  func handle(_ events: Event...) -> [Effect] {
    note(engine.handle(events, now: now))
    return effects
  }

  /// Time passes, and the engine looks at the clock.
  @discardableResult
  func pass(_ duration: Duration) -> [Effect] {
    wall = wall + duration
    boot = boot + duration
    return handle(.tick)
  }

  private func note(_ new: [Effect]) {
    effects = new
    for effect in new {
      switch effect {
      case .send(let call): open.append(call)
      case .persist(let items): filing += items
      case .assemble(let job): assembling.append(job)
      case .discard(let spooled): discarded.append(spooled)
      case .log(let entry): log.append(entry)
      case .answer(let id, let reply, _): answers[id, default: []].append(reply)
      default: break
      }
    }
  }

  // MARK: Commands

  @discardableResult
  func command(_ call: ControlCall, more: Bool = false) -> CommandID {
    made += 1
    let id = CommandID(UInt64(made))
    let entropy = (0..<64).map { UInt8($0) }
    handle(.commanded(Command(id: id, call: call, more: more, entropy: entropy)))
    return id
  }

  /// The first reply of a command.
  func ask(_ call: ControlCall) -> ControlReply? { answers[command(call)]?.first }

  // MARK: The wire

  @discardableResult
  func reply(_ call: Call, _ reply: Reply) -> [Effect] {
    open.removeAll { $0.id == call.id }
    return handle(.replied(call.id, reply))
  }

  @discardableResult
  func answer(
    _ call: Call, _ status: Int, _ body: String = "", headers: [Field] = []
  ) -> [Effect] {
    reply(call, Reply(.answered(makeAnswer(call, status, body, headers))))
  }

  func makeAnswer(_ call: Call, _ status: Int, _ body: String, _ headers: [Field]) -> Answer {
    let bytes = Array(body.utf8)
    let scan = BodyScanner.scan(bytes, call.reception.plan)
    guard case .spool(let path, _) = call.reception, status == 200 else {
      return Answer(status: status, headers: headers, body: .memory(bytes), scan: scan)
    }
    return Answer(
      status: status, headers: headers, body: .spooled(spool(bytes, path)), scan: scan)
  }

  private func spool(_ bytes: [UInt8], _ path: DayPath) -> Spooled {
    made += 1
    bodies["t\(made)"] = bytes
    return Spooled(
      path: path, temporary: "t\(made)", size: Int64(bytes.count), sha256: SHA256.digest(bytes))
  }

  @discardableResult
  func fail(_ call: Call, _ reason: TransportFailure.Reason = .timeout) -> [Effect] {
    reply(call, Reply(.failed(TransportFailure(reason, "detail"))))
  }

  // MARK: The archive

  /// Puts together what waits for it, as the archive would; or says why it could not.
  @discardableResult
  func assemble(failing failure: ArchiveFailure? = nil) -> [Effect] {
    let jobs = assembling
    assembling = []
    for job in jobs {
      let days = failure.map { Result.failure($0) } ?? .success(assembled(job))
      handle(.assembled(AssembleResult(id: job.id, days: days)))
    }
    return effects
  }

  private func assembled(_ job: AssembleJob) -> [AssembledDay] {
    job.days.indices.map { i in
      let day = job.days[i]
      let parts = job.pieces[i].map { piece -> String in
        let bytes = bodies[job.sources[piece.source].temporary] ?? []
        let start = Int(piece.start)
        return String(decoding: bytes[start..<start + Int(piece.length)], as: UTF8.self)
      }
      var text = "[\(parts.joined(separator: ","))]"
      var path = job.sources[0].path
      path.day = day
      if let parts = job.parts?[i] {
        path.fileExtension = Each.fileExtension
        let list = parts.map { "\"\($0.item) \($0.spooled?.sha256.description ?? "none")\"" }
        text = "{\"list\":\(text),\"parts\":[\(list.joined(separator: ","))]}"
      }
      let bytes = Array(text.utf8)
      return AssembledDay(spooled: spool(bytes, path), scan: JSONScanner.scan(bytes, job.plan))
    }
  }

  /// The bytes of a day on its way into the archive.
  func text(_ item: PersistItem) -> String {
    String(decoding: bodies[item.spooled.temporary] ?? [], as: UTF8.self)
  }

  /// Everything on its way into the archive arrives there, or meets this.
  @discardableResult
  func persist(_ failure: ArchiveFailure? = nil) -> [Effect] {
    let outcomes = filing.map {
      PersistOutcome(id: $0.id, result: failure.map { .failure($0) } ?? .success(()))
    }
    filing = []
    return handle(.persisted(outcomes))
  }

  /// Answers a call with a good document and puts the day away.
  func store(_ call: Call, _ items: Int = 2, headers: [Field] = []) {
    answer(call, 200, Bench.items(items), headers: headers)
    if !filing.isEmpty { persist() }
  }

  /// Stores whatever is asked for until nothing more is.
  func storeAll(_ items: Int = 2) {
    var left = 20_000
    while let call = open.first, left > 0 {
      left -= 1
      store(call, items)
    }
    precondition(left > 0, "it never ends")
  }

  static func items(_ count: Int) -> String {
    "{\"items\":[" + (0..<count).map { "\($0)" }.joined(separator: ",") + "]}"
  }
}
