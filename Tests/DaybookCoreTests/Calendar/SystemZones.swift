import DaybookCore
import Glibc
import Testing

/// A zone of the system's tzdata.
func systemZone(_ name: String) throws -> Zone {
  let file = try #require(fopen("/usr/share/zoneinfo/\(name)", "r"), "tzdata is needed: \(name)")
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: Limits.zoneBytes)
  let count = fread(&bytes, 1, bytes.count, file)
  return try Zone(name: name, tzif: Array(bytes[..<count]))
}

/// A day or moment of a table in a test.
func day(_ text: String) throws -> Day { try #require(Day(text), "\(text)") }
func moment(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text), "\(text)") }
