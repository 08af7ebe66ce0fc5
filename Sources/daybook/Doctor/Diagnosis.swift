import DaybookCore

/// One thing that `daybook doctor` has looked at.
struct Diagnosis: Equatable {
  enum State: String {
    case ok
    /// Works, but look at it some time.
    case warning
    case problem
    /// Could not be seen from here.
    case unknown
  }
  /// What was looked at, a word or two.
  var name: String
  var state: State
  /// What was seen. Safe for a terminal.
  var text: String
  /// What to do about it.
  var hint: String?

  init(_ name: String, _ state: State, _ text: String, hint: String? = nil) {
    self.name = name
    self.state = state
    self.text = text
    self.hint = hint
  }

  var json: JSONValue {
    var members = [
      JSONMember("name", .string(name)), JSONMember("state", .string(state.rawValue)),
      JSONMember("text", .string(text)),
    ]
    if let hint { members.append(JSONMember("hint", .string(hint))) }
    return .object(members)
  }
}

/// The diagnoses in words.
enum DoctorText {
  static func text(_ diagnoses: [Diagnosis], _ look: Look) -> String {
    let width = diagnoses.reduce(0) { max($0, cells($1.name)) }
    let room = max(look.columns, Look.narrowest)
    var out = ""
    for diagnosis in diagnoses {
      let state = filled(diagnosis.state.rawValue, to: 8)
      let name = filled(diagnosis.name, to: width)
      out += look.paint(state, style(diagnosis.state)) + " "
      if cells(state) + cells(name) + cells(diagnosis.text) + 3 <= room {
        out += "\(name)  \(diagnosis.text)\n"
      } else {
        out += "\(diagnosis.name)\n"
        out +=
          wrapped(diagnosis.text, to: room, indent: 4, indentFirst: true)
          .joined(separator: "\n") + "\n"
      }
      if let hint = diagnosis.hint {
        out +=
          wrapped("-> " + hint, to: room, indent: 4, indentFirst: true)
          .joined(separator: "\n") + "\n"
      }
    }
    let problems = diagnoses.count { $0.state == .problem }
    return out + (problems == 0 ? "no problems\n" : "\(counted(problems, "problem"))\n")
  }

  private static func style(_ state: Diagnosis.State) -> Style {
    switch state {
    case .ok: .green
    case .warning: .yellow
    case .problem: .red
    case .unknown: .dim
    }
  }
}
