import Testing

@testable import DaybookSimulator

struct HealthScopeTests {
  @Test("a reading scope is prefix, topic and .readonly")
  func reading() {
    #expect(
      HealthScope.reading("sleep") == "https://www.googleapis.com/auth/googlehealth.sleep.readonly")
  }

  @Test(
    "known are the topics in two forms",
    arguments: [
      ("googlehealth.sleep.readonly", true),
      ("googlehealth.sleep.writeonly", true),
      ("googlehealth.activity_and_fitness.readonly", true),
      ("googlehealth.health_metrics_and_measurements.readonly", true),
      ("googlehealth.location.readonly", true),
      ("googlehealth.profile.readonly", true),
      ("googlehealth.settings.readonly", true),
      ("googlehealth.ecg.readonly", true),
      ("googlehealth.irn.readonly", true),
      ("googlehealth.logged_symptoms.readonly", true),
      ("googlehealth.mindfulness.readonly", true),
      ("googlehealth.reproductive_health.readonly", true),
      ("googlehealth.nutrition.readonly", true),
      ("googlehealth.sleep", false),
      ("googlehealth.sleep.readwrite", false),
      ("googlehealth.heartrate.readonly", false),
      ("fitness.sleep.read", false),
    ])
  func known(suffix: String, isKnown: Bool) {
    #expect(HealthScope.isKnown("https://www.googleapis.com/auth/" + suffix) == isKnown)
  }

  @Test("a list keeps its order, each scope once")
  func list() {
    let (a, b) = (HealthScope.reading("sleep"), HealthScope.reading("ecg"))
    #expect(HealthScope.list("\(a) \(b) \(a)") == [a, b])
    #expect(HealthScope.list("\(b)  \(a)") == [b, a])
  }

  @Test("a list with an unknown scope is none, nor is an empty one", arguments: ["", " ", "sleep"])
  func noList(text: String) {
    #expect(HealthScope.list(text) == nil)
    #expect(HealthScope.list(HealthScope.reading("sleep") + " openid") == nil)
  }

  @Test(
    "scopes that are not ticked are missing",
    arguments: [
      ([], ["sleep", "ecg", "irn"]),
      (["sleep"], ["ecg", "irn"]),
      (["sleep.readonly", "irn"], ["ecg"]),
      (["sleep.writeonly", "other"], ["sleep", "ecg", "irn"]),
      (["sleep", "ecg", "irn"], []),
    ] as [([String], [String])])
  func without(withheld: [String], left: [String]) {
    let scopes = ["sleep", "ecg", "irn"].map { HealthScope.reading($0) }
    let expected = left.map { HealthScope.reading($0) }
    #expect(HealthScope.without(withheld, of: scopes) == expected)
  }
}
