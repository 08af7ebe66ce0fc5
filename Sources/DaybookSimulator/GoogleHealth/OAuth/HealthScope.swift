/// The scopes of the API. All of them are *restricted*.
enum HealthScope {
  static let prefix = "https://www.googleapis.com/auth/googlehealth."

  /// What can be asked for, without `.readonly` and `.writeonly`.
  static let topics = [
    "activity_and_fitness", "health_metrics_and_measurements", "sleep", "location", "profile",
    "settings", "ecg", "irn", "logged_symptoms", "mindfulness", "reproductive_health", "nutrition",
  ]

  /// `sleep` as the scope that reads it.
  static func reading(_ topic: String) -> String { prefix + topic + ".readonly" }

  /// Whether there is such a scope. `nutrition.readonly` is named by one page and missing in the
  /// discovery document: not confirmed, allowed here.
  static func isKnown(_ scope: String) -> Bool {
    topics.contains { topic in
      scope == reading(topic) || scope == prefix + topic + ".writeonly"
    }
  }

  /// The asked ones in their order, each once; nil when there is an unknown one, or none.
  static func list(_ text: String) -> [String]? {
    var out: [String] = []
    for scope in text.split(separator: " ").map(String.init) {
      guard isKnown(scope) else { return nil }
      if !out.contains(scope) { out.append(scope) }
    }
    return out.isEmpty ? nil : out
  }

  /// Without those that the person has not ticked, named by suffix: `sleep.readonly` or `sleep`.
  static func without(_ withheld: [String], of scopes: [String]) -> [String] {
    scopes.filter { scope in
      !withheld.contains { scope == prefix + $0 || scope == reading($0) }
    }
  }
}
