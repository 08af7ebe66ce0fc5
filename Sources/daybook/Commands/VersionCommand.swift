import ArgumentParser
import DaybookCore

struct VersionCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "version",
    abstract: "Shows the versions of this command and of the daemon.")

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    var members = [JSONMember("daybook", .string(Product.version))]
    var daemon: String
    do {
      daemon = try VersionCommand.daemonVersion(session)
      members.append(JSONMember("daybookd", .string(daemon)))
    } catch {
      daemon = error.text
    }
    if session.json {
      try session.print(.object(members))
    } else {
      try session.context.out.line(
        "daybook \(Product.version)\ndaybookd \(escapedForTerminal(daemon))")
    }
    return .ok
  }

  /// As the service itself tells every Varlink client.
  private static func daemonVersion(_ session: Session) throws(Failure) -> String {
    let client = try session.connect()
    try client.connection.send(VarlinkRequest(method: "\(VarlinkService.name).GetInfo"))
    let deadline = uptime() + Double(Limits.controlPatience.inSeconds)
    guard case .message(let response) = try client.connection.next(until: deadline),
      let version = response.parameters["version"]?.string
    else { throw client.gone }
    return version
  }
}
