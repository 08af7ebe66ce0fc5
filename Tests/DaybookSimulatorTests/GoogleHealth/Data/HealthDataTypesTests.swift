import Testing

@testable import DaybookSimulator

struct HealthDataTypesTests {
  typealias Methods = HealthDataType.Methods

  @Test("no name is there twice, and all are in kebab-case")
  func names() {
    let names = HealthDataType.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count > 40)
    #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil })
  }

  @Test("every scope is one of the API's")
  func scopes() {
    #expect(HealthDataType.all.allSatisfy { HealthScope.topics.contains($0.scope) })
  }

  @Test(
    "types have the kinds, scopes and methods of the facts",
    arguments: [
      ("steps", .interval, "activity_and_fitness", [.points, .sums]),
      ("distance", .interval, "activity_and_fitness", [.points, .sums]),
      ("floors", .interval, "activity_and_fitness", [.points, .sums]),
      ("altitude", .interval, "activity_and_fitness", [.points, .sums]),
      ("active-energy-burned", .interval, "activity_and_fitness", [.points, .sums]),
      ("basal-energy-burned", .interval, "activity_and_fitness", [.points]),
      ("total-calories", .sum, "activity_and_fitness", [.sums]),
      ("calories-in-heart-rate-zone", .sum, "activity_and_fitness", [.sums]),
      ("active-zone-minutes", .interval, "activity_and_fitness", [.points, .sums]),
      ("active-minutes", .interval, "activity_and_fitness", [.points, .sums]),
      ("heart-rate", .sample, "health_metrics_and_measurements", [.points, .sums]),
      ("heart-rate-variability", .sample, "health_metrics_and_measurements", [.points]),
      ("oxygen-saturation", .sample, "health_metrics_and_measurements", [.points]),
      ("respiratory-rate-sleep-summary", .sample, "health_metrics_and_measurements", [.points]),
      ("weight", .sample, "health_metrics_and_measurements", [.points, .sums, .get]),
      ("body-fat", .sample, "health_metrics_and_measurements", [.points, .sums, .get]),
      ("height", .sample, "health_metrics_and_measurements", [.points]),
      (
        "daily-resting-heart-rate", .daily, "health_metrics_and_measurements",
        [.points, .dailyRollUp]
      ),
      ("daily-oxygen-saturation", .daily, "health_metrics_and_measurements", [.points]),
      ("sleep", .sleep, "sleep", [.points, .get]),
      ("exercise", .exercise, "activity_and_fitness", [.points, .get]),
      ("electrocardiogram", .electrocardiogram, "ecg", [.points]),
      ("irregular-rhythm-notification", .interval, "irn", [.points]),
      ("symptoms", .sample, "logged_symptoms", [.points]),
    ] as [(String, HealthDataType.Kind, String, Methods)])
  func table(name: String, kind: HealthDataType.Kind, scope: String, methods: Methods) {
    let type = HealthDataType.named(name)
    #expect(type?.kind == kind)
    #expect(type?.scope == scope)
    #expect(type?.methods == methods)
  }

  @Test("every type can be read or summed up", arguments: HealthDataType.all)
  func methods(type: HealthDataType) {
    #expect(type.methods.contains(.list) == (type.kind != .sum))
    #expect(type.methods.contains(.reconcile) == type.methods.contains(.list))
    #expect(type.kind != .sum || type.methods == .sums)
  }
}
