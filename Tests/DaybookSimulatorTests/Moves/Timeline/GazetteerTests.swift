import Testing

@testable import DaybookSimulator

struct GazetteerTests {
  @Test("a place is the same each time")
  func stable() {
    for index in 0..<60 {
      #expect(Gazetteer(seed: 5).place(index) == Gazetteer(seed: 5).place(index))
    }
    #expect(Gazetteer(seed: 5).place(3) != Gazetteer(seed: 6).place(3))
  }

  @Test("home and work are the first two")
  func firstTwo() {
    #expect(Gazetteer(seed: 1).place(0).kind == .home)
    #expect(Gazetteer(seed: 1).place(1).kind == .work)
  }

  @Test("all kinds of the API occur, and only unknown places have no name")
  func kinds() {
    let places = (0..<200).map { Gazetteer(seed: 1).place($0) }
    #expect(Set(places.map(\.kind)) == Set(Gazetteer.Kind.allCases))
    #expect(places.allSatisfy { ($0.name == nil) == ($0.kind == .unknown) })
  }

  @Test("ids differ and places are on the earth")
  func plausible() {
    let places = (0..<62).map { Gazetteer(seed: 9).place($0) }
    #expect(Set(places.map(\.id)).count == places.count)
    #expect(places.allSatisfy { abs($0.lat) < 90_000_000 && abs($0.lon) < 180_000_000 })
  }

  @Test("references look as each network writes them")
  func references() {
    for place in (0..<200).map({ Gazetteer(seed: 1).place($0) }) {
      if place.kind == .foursquare { #expect(place.reference.utf8.count == 24) }
      if place.kind == .facebook { #expect(place.reference.allSatisfy { $0.isNumber }) }
    }
  }
}
