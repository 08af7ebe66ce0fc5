import Testing

@testable import DaybookSimulator

struct HealthFaultTests {
  @Test("the body is Google's, with an ErrorInfo")
  func body() {
    let fault = HealthFault.invalid("INVALID_X", "not \"so\"")
    #expect(fault.response.status == 400)
    #expect(fault.response.headers == [SimField("Content-Type", "application/json; charset=UTF-8")])
    #expect(
      document(fault.response) == [
        "error": [
          "code": 400,
          "message": "not \"so\"",
          "status": "INVALID_ARGUMENT",
          "details": [
            [
              "@type": "type.googleapis.com/google.rpc.ErrorInfo",
              "reason": "INVALID_X",
              "domain": "health.googleapis.com",
              "metadata": [:],
            ]
          ],
        ]
      ])
  }

  @Test(
    "each has its code, status and reason",
    arguments: [
      (.unauthenticated, 401, "UNAUTHENTICATED", "UNAUTHENTICATED"),
      (.scope, 403, "PERMISSION_DENIED", "PERMISSION_DENIED"),
      (.noProfile, 403, "PERMISSION_DENIED", "PERMISSION_DENIED"),
      (.notFound, 404, "NOT_FOUND", "NOT_FOUND"),
      (.exhausted, 429, "RESOURCE_EXHAUSTED", "RESOURCE_EXHAUSTED"),
      (.notLinked, 400, "FAILED_PRECONDITION", "ACCOUNT_NOT_LINKED"),
      (.argument("x"), 400, "INVALID_ARGUMENT", "INVALID_ARGUMENT"),
      (.filter("SYNTAX", "x"), 400, "INVALID_ARGUMENT", "INVALID_DATA_POINT_FILTER_SYNTAX"),
    ] as [(HealthFault, Int, String, String)])
  func faults(fault: HealthFault, code: Int, status: String, reason: String) {
    let value = document(fault.response)
    #expect(fault.response.status == code)
    #expect(value["error"]?["code"]?.int == Int64(code))
    #expect(value["error"]?["status"]?.string == status)
    #expect(value.reason == reason)
  }
}
