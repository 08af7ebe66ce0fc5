import DaybookCore

/// The weight log.
extension FitbitView {
  func weight(_ asked: ClosedRange<Day>) -> [UInt8] {
    var json = FitbitJSON()
    json.object {
      $0.array("weight") { list in
        for day in days(asked) {
          for weighing in wearer.weighings(day, revision: revision(day))
          where weighing.second < sync.seconds(of: day) {
            entry(&list, weighing)
          }
        }
      }
    }
    return json.bytes
  }

  private func entry(_ list: inout FitbitJSON, _ weighing: WearerWeighing) {
    list.object {
      let index = weighing.bodyMassIndex(wearer.heightInCentimetres)
      $0.millionths("bmi", index * 10_000)
      $0.day("date", weighing.day)
      if let fat = weighing.fat { $0.millionths("fat", fat * 100_000) }
      $0.integer("logId", weighing.identity)
      $0.text("source", weighing.fat == nil ? "Web" : "Aria")
      $0.clock("time", weighing.second)
      $0.millionths("weight", weighing.grams * 1_000)
    }
  }
}
