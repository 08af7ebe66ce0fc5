import ArgumentParser
import DaybookCore

struct DoctorCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Looks for what keeps the daemon from its work, and says what to do.",
    discussion: "Ends with 1 when there is a problem.")

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("The settings file.", valueName: "file"))
  var config: String?

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    let standard = SettingsCheck.standardPath(session.socket, session.context.environment)
    let doctor = Doctor(session: session, settings: config ?? standard)
    let diagnoses = doctor.examine()
    if session.json {
      try session.print(["checks": .array(diagnoses.map(\.json))])
    } else {
      try session.context.out.write(DoctorText.text(diagnoses, session.look))
    }
    return diagnoses.contains { $0.state == .problem } ? .problems : .ok
  }
}
