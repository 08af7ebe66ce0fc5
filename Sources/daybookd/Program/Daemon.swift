import DaybookCore
import DaybookEngine
import Dispatch
import Glibc

/// The running daemon: the engine and everything around it, made in the order in which each part
/// may fail with a clear word.
///
///     folders ─► lock ─► engine ─► archive ─► HTTP ─► control socket ─► driver
final class Daemon: @unchecked Sendable {
  private let lock: StateLock
  private let server: ControlServer
  private let driver: Driver

  init(reader: ConfigurationReader, places: Places, log: LogWriter) throws(StartFailure) {
    let configuration = try Daemon.read(reader, log)
    lock = try Daemon.lock(places)
    let engine = try Daemon.engine(configuration, places)
    let port = EventPort()
    let door = ArchiveDoor(
      root: engine.archiveRoot, ledgerID: engine.ledgerID, mayCreate: engine.mayCreateArchive)
    port.post(.probed(door.probe()))

    let http = try Daemon.http(door, port)
    let socket = try ServedSocket(places)
    let server = try starting(.inputOutput) { () throws(SystemError) in
      try ControlServer(
        listener: socket.fd, version: Product.version, log: log, post: { port.post($0) })
    }
    let performers = Performers(
      http: http, server: server, door: door, reader: reader, log: log)
    driver = try starting(.inputOutput) { () throws(SystemError) in
      let queue = DispatchQueue(label: "daybookd.engine")
      return try Driver(
        queue: queue, machine: Driver.Machine(engine), performers: performers,
        notifier: Notifier(queue: queue), log: log, watchdog: Notifier.watchdogInterval()
      ) { status in
        server.stop()
        socket.remove()
        log.flush()
        // Not exit(3): what it would clean up still runs on other threads.
        _exit(status)
      }
    }
    self.server = server
    let driver = driver
    port.connect { driver.post($0) }
  }

  /// Serves until the process ends.
  func run() -> Never {
    let driver = driver
    let signals = Signals(queue: DispatchQueue(label: "daybookd.signals")) { signal in
      switch signal {
      case .stop: driver.stop()
      case .reload: driver.reload()
      case .stopNow: _exit(130)
      }
    }
    driver.start()
    server.start()
    withExtendedLifetime(signals) { dispatchMain() }
  }

  private static func read(
    _ reader: ConfigurationReader, _ log: LogWriter
  ) throws(StartFailure) -> Configuration {
    let outcome = reader.read()
    for line in outcome.warnings { log.write(Entry(.started, line)) }
    guard let configuration = outcome.configuration else {
      throw StartFailure(outcome.problems, .settings)
    }
    return configuration
  }

  private static func lock(_ places: Places) throws(StartFailure) -> StateLock {
    try starting(.inputOutput) { () throws(SystemError) in
      try Folders.make(places.state, mode: places.isSystem ? 0o750 : 0o700)
    }
    do throws(StateLock.Failure) {
      return try StateLock(directory: places.state)
    } catch {
      switch error {
      case .held: throw StartFailure(["\(error)"], .locked)
      case .system: throw StartFailure(["\(error)"], .inputOutput)
      }
    }
  }

  private static func engine(
    _ configuration: Configuration, _ places: Places
  ) throws(StartFailure) -> Engine {
    let boot = Clock.bootID() ?? Process.variable("DAYBOOK_BOOT_ID")
    let setup = EngineSetup(
      stateDirectory: places.state, configuration: configuration,
      // Without a name of this boot every start counts as one: windows begin more carefully.
      bootID: boot ?? hex(Entropy.bytes(16)), seed: Entropy.number(), version: Product.version,
      pid: Int(getpid()), zones: ZoneStore())
    do throws(EngineFailure) {
      return try Engine(setup, now: Clock.now())
    } catch {
      throw StartFailure(error.text, status: error.status)
    }
  }

  private static func http(
    _ door: ArchiveDoor, _ port: EventPort
  ) throws(StartFailure) -> HTTPClient {
    try starting(.inputOutput) { () throws(HTTPClient.SetupFailure) in
      try HTTPClient(
        userAgent: "daybook/\(Product.version)", openReceiver: { door.sink(for: $0) },
        complete: { port.post(.replied($0, $1)) })
    }
  }
}
