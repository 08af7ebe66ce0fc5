import ArgumentParser

/// A command of `daybook`: parsed by ArgumentParser, then run with what it needs from outside.
protocol ClientCommand: ParsableCommand {
  /// Options given before the command's name.
  var root: Daybook { get }
  /// Options given after it.
  var common: CommonOptions { get }

  func perform(_ session: Session) throws(Failure) -> ExitStatus
}

extension ClientCommand {
  /// Runs it and tells what went wrong.
  func execute(in context: Context) -> ExitStatus {
    var options = common
    options.socket = options.socket ?? root.common.socket
    options.json = options.json || root.common.json
    let session = Session(context, options)
    do { return try perform(session) } catch {
      let failure = KnownNames.completed(error, session)
      session.report(failure)
      return failure.status
    }
  }
}
