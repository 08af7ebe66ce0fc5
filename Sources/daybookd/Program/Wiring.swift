import DaybookCore
import DaybookEngine

extension Performers {
  /// The real ones.
  init(
    http: HTTPClient, server: ControlServer, door: ArchiveDoor, reader: ConfigurationReader,
    log: LogWriter
  ) {
    let archive = door.archive
    self.init(
      send: { http.send($0) },
      cancel: { http.cancel($0) },
      answer: { server.answer($0, $1, continues: $2) },
      persist: { archive.persist($0) },
      assemble: { archive.assemble($0) },
      discard: { archive.discard($0) },
      probe: { door.probe(makes: $0) },
      check: { archive.check($0) },
      // What cannot be removed now is met again at the next start.
      sweep: { _ = try? archive.sweepTemporaries() },
      move: { from, to in
        do throws(ArchiveFailure) {
          try archive.moveAccount(from: from, to: to)
          return true
        } catch {
          log.write(Entry(.bug, "the folder of \(from) was not renamed: \(error)", account: to))
          return false
        }
      },
      readSettings: { reader.read().event })
  }
}

extension Driver.Machine {
  init(_ engine: Engine) {
    self.init(
      start: { engine.start(now: $0) }, handle: { engine.handle($0, now: $1) })
  }
}
