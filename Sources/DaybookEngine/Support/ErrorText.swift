import Glibc

/// strerror(3), for people: `No space left on device`. glibc's own texts are constant, and what it
/// makes up for unknown numbers is per thread since 2.32.
func errorText(_ code: Int32) -> String {
  strerror(code).map { String(cString: $0) } ?? "error \(code)"
}
