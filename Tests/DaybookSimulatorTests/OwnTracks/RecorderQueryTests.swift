import Testing

@testable import DaybookSimulator

struct RecorderQueryTests {
  static func query(_ text: String, headers: [SimField] = []) -> RecorderQuery {
    RecorderQuery(SimRequest("GET", "/api/0/locations?" + text, headers: headers))
  }

  @Test("names are put into lower case, empty ones count as missing")
  func names() {
    #expect(Self.query("user=Jane").user == "jane")
    #expect(Self.query("device=PHONE").device == "phone")
    #expect(Self.query("user=").user == nil)
    #expect(Self.query("").device == nil)
  }

  @Test("a header wins over the query")
  func headers() {
    let headers = [SimField("X-Limit-User", "Proxy")]
    #expect(Self.query("user=jane", headers: headers).user == "proxy")
  }

  @Test(
    "formats are written exactly",
    arguments: [
      ("", .json), ("format=json", .json), ("format=csv", .csv), ("format=geojson", .geojson),
      ("format=geojsonpoi", .geojsonpoi), ("format=linestring", .linestring),
      ("format=xml", .xml), ("format=gpx", .gpx), ("format=", .json), ("format=CSV", nil),
      ("format=kml", nil),
    ] as [(String, RecorderQuery.Format?)])
  func formats(text: String, expected: RecorderQuery.Format?) {
    #expect(Self.query(text).format == expected)
  }

  @Test(
    "limits are numbers", arguments: [("", 0), ("limit=5", 5), ("limit=x", 0), ("limit=", 0)])
  func limits(text: String, expected: Int) {
    #expect(Self.query(text).limit == expected)
  }

  @Test("fields are split at commas")
  func fields() {
    #expect(Self.query("fields=tst,Lat,").fields == ["tst", "lat"])
    #expect(Self.query("").fields == nil)
  }

  @Test(
    "ranges have defaults and must not be the wrong way round",
    arguments: [
      ("", 10_000_000 - 21_600, 10_000_000), ("from=1970-02", 2_678_400, 10_000_000),
      ("to=1970-05", 10_000_000 - 21_600, 10_368_000),
      ("from=1970-02&to=1970-02", 2_678_400, 2_678_400),
    ])
  func ranges(text: String, from: Int, to: Int) {
    let range = Self.query(text).range(now: 10_000_000)
    #expect(range?.from == from)
    #expect(range?.to == to)
  }

  @Test(
    "impossible ranges",
    arguments: ["from=1970-06", "to=1970-01", "from=x", "to=x", "from=1970-03&to=1970-02"])
  func impossible(text: String) {
    #expect(Self.query(text).range(now: 10_000_000) == nil)
  }
}
