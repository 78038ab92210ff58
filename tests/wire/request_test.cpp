// Operations as HTTP requests, and back.
#include <gtest/gtest.h>

#include <string>

#include "base/time_text.h"
#include "wire/rows.h"

namespace xai::wire {
namespace {

using namespace management;

std::string header(const HttpRequest& request, std::string_view name) {
  for (const Header& each : request.headers)
    if (each.name == name) return each.value;
  return "";
}

HttpRequest post(std::string target, std::string body) {
  return {.method = Method::post, .target = std::move(target), .body = std::move(body)};
}

const std::string keys_path = "/auth/teams/t/api-keys";

TEST(ToRequest, CreateApiKeySendsWhatIsSet) {
  const HttpRequest request = to_request(CreateApiKey{
      .team_id = "t",
      .name = "My App",
      .acls = {Acl::every_model()},
      .qps = 5,
      .tpm = 1'000,
      .expire_time = base::parse_date("2027-01-31"),
  });
  EXPECT_EQ(request.method, Method::post);
  EXPECT_EQ(request.target, keys_path);
  EXPECT_EQ(request.retry, RetryClass::if_refused);
  EXPECT_EQ(header(request, "Content-Type"), "application/json");
  EXPECT_EQ(
      request.body,
      R"({"name":"My App","acls":["api-key:model:*"],"qps":5,"tpm":"1000","expireTime":"2027-01-31T00:00:00Z"})");
}

TEST(ToRequest, LeavesHostAndCredentialToTheClient) {
  const HttpRequest request = to_request(ListApiKeys{.team_id = "t"});
  EXPECT_EQ(request.base_url, "");
  EXPECT_TRUE(request.credential.empty());
}

TEST(ToRequest, ReadsAndDeletesHaveNoBody) {
  EXPECT_EQ(to_request(ListApiKeys{.team_id = "t"}).body, "");
  EXPECT_EQ(to_request(DeleteApiKey{.api_key_id = "i"}).body, "");
}

TEST(ToRequest, ListApiKeysAsksForNothingThatIsNotSet) {
  EXPECT_EQ(to_request(ListApiKeys{.team_id = "t"}).target, keys_path);
}

TEST(ToRequest, ListApiKeysRepeatsTheNameOfAList) {
  EXPECT_EQ(to_request(ListApiKeys{.team_id = "t",
                                   .page_size = 100,
                                   .pagination_token = "a=b&c",
                                   .acl_filters = {Acl::model("x"), Acl::endpoint("*")},
                                   .active_only = true})
                .target,
            keys_path +
                "?pageSize=100&paginationToken=a%3Db%26c&aclFilters=api-key%3Amodel%3Ax"
                "&aclFilters=api-key%3Aendpoint%3A%2A&activeOnly=true");
}

TEST(ToRequest, ListInvoicesWritesItsFiltersWithDots) {
  const std::string path = "/v1/billing/teams/t/invoices";
  EXPECT_EQ(to_request(ListInvoices{.team_id = "t"}).target, path);
  EXPECT_EQ(
      to_request(ListInvoices{.team_id = "t", .billing_cycle_year = 2025, .billing_cycle_month = 2})
          .target,
      path + "?billingCycle.year=2025&billingCycle.month=2");
  EXPECT_EQ(to_request(ListInvoices{.team_id = "t", .since_year = 2025, .since_month = 12}).target,
            path + "?since.year=2025&since.month=12");
  EXPECT_EQ(to_request(ListInvoices{.team_id = "t", .invoice_ids = {"k0XiUOQ=", "b"}}).target,
            path + "?invoiceIds.invoiceIds=k0XiUOQ%3D&invoiceIds.invoiceIds=b");
}

TEST(ToRequest, ListAuditEventsWritesItsFilterWithDots) {
  EXPECT_EQ(to_request(ListAuditEvents{.team_id = "t",
                                       .page_size = 50,
                                       .page_token = "p",
                                       .user_id = "u",
                                       .query = "key made",
                                       .event_id = "e",
                                       .event_time_from = base::parse_date("2025-01-01"),
                                       .event_time_to = base::parse_date("2025-02-01"),
                                       .order_by = EventOrder::oldest_first})
                .target,
            "/audit/teams/t/events?pageSize=50&pageToken=p&eventFilter.userId=u"
            "&eventFilter.query=key%20made&eventFilter.eventId=e"
            "&eventTimeFrom=2025-01-01T00%3A00%3A00Z&eventTimeTo=2025-02-01T00%3A00%3A00Z"
            "&orderBy=TIME_ASCENDING");
}

TEST(ToRequest, AnalyzeUsageIsAReadByPost) {
  const HttpRequest request = to_request(AnalyzeUsage{.team_id = "t"});
  EXPECT_EQ(request.method, Method::post);
  EXPECT_EQ(request.retry, RetryClass::freely);
  EXPECT_EQ(request.target, "/v1/billing/teams/t/usage");
}

template <class Enum>
void expect_names_of_all(int count) {
  for (int i = 0; i < count; ++i) {
    const OpenEnum<Enum> known{static_cast<Enum>(i)};
    EXPECT_FALSE(known.text.empty()) << i;
    EXPECT_EQ(known.value(), static_cast<Enum>(i));
    EXPECT_EQ(OpenEnum<Enum>{known.text}, known);
  }
  EXPECT_EQ(text_of(static_cast<Enum>(count)), "");
  EXPECT_FALSE(OpenEnum<Enum>{}.value());
}

TEST(OpenEnum, HasANameForEveryValue) {
  expect_names_of_all<TimeUnit>(8);
  expect_names_of_all<EventOrder>(2);
}

TEST(OpenEnum, KeepsATextThatWeDoNotKnow) {
  const OpenEnum<TimeUnit> fortnight{std::string{"TIME_UNIT_FORTNIGHT"}};
  EXPECT_FALSE(fortnight.value());
  const HttpRequest request =
      to_request(AnalyzeUsage{.team_id = "t", .analytics_request = {.time_unit = fortnight}});
  EXPECT_TRUE(request.body.contains(R"("timeUnit":"TIME_UNIT_FORTNIGHT")")) << request.body;
  const auto operation = from_request<AnalyzeUsage>(request);
  ASSERT_TRUE(operation);
  EXPECT_EQ(operation->analytics_request.time_unit, fortnight);
  const OpenEnum<EventOrder> random{std::string{"RANDOM"}};
  EXPECT_TRUE(to_request(ListAuditEvents{.team_id = "t", .order_by = random})
                  .target.ends_with("?orderBy=RANDOM"));
  EXPECT_FALSE(to_request(ListAuditEvents{.team_id = "t"}).target.contains("orderBy"));
}

TEST(ToRequest, PathValuesCannotLeaveTheirSegment) {
  EXPECT_EQ(to_request(DeleteApiKey{.api_key_id = "../teams?x=1#y"}).target,
            "/auth/api-keys/..%2Fteams%3Fx%3D1%23y");
  EXPECT_EQ(to_request(DeleteApiKey{.api_key_id = "a b\n"}).target, "/auth/api-keys/a%20b%0A");
}

TEST(ToRequest, TheInferenceCallCarriesItsOwnCredential) {
  const HttpRequest request = to_request(GetInferenceApiKeyInfo{.api_key = Secret{"xai-own"}});
  EXPECT_EQ(request.target, "/v1/api-key");
  EXPECT_EQ(request.credential.reveal(), "xai-own");
}

TEST(FromRequest, AcceptsBothSpellingsInTheBody) {
  for (const auto* body : {R"({"name":"n","expireTime":"2027-01-31T00:00:00Z"})",
                           R"({"name":"n","expire_time":"2027-01-31T00:00:00Z"})"}) {
    const auto operation = from_request<CreateApiKey>(post(keys_path, body));
    ASSERT_TRUE(operation) << body;
    EXPECT_EQ(operation->team_id, "t");
    EXPECT_EQ(operation->expire_time, base::parse_date("2027-01-31"));
  }
}

TEST(FromRequest, AcceptsBothSpellingsInTheQuery) {
  for (const auto* query :
       {"?pageSize=7&paginationToken=x&aclFilters=a&aclFilters=b&activeOnly=true",
        "?page_size=7&pagination_token=x&acl_filters=a&acl_filters=b&active_only=true"}) {
    const auto operation =
        from_request<ListApiKeys>({.method = Method::get, .target = keys_path + query});
    ASSERT_TRUE(operation) << query;
    EXPECT_EQ(operation->page_size, 7);
    EXPECT_EQ(operation->pagination_token, "x");
    EXPECT_EQ(operation->acl_filters, (std::vector<Acl>{{"a"}, {"b"}}));
    EXPECT_TRUE(operation->active_only);
  }
}

TEST(FromRequest, AcceptsBothSpellingsOfNamesWithDots) {
  const std::string path = "/v1/billing/teams/t/invoices";
  for (const auto* query : {"?billingCycle.year=2025&invoiceIds.invoiceIds=a%3D",
                            "?billing_cycle.year=2025&invoice_ids.invoice_ids=a%3D"}) {
    const auto operation = from_request<ListInvoices>({.target = path + query});
    ASSERT_TRUE(operation) << query;
    EXPECT_EQ(operation->team_id, "t");
    EXPECT_EQ(operation->billing_cycle_year, 2025);
    EXPECT_EQ(operation->invoice_ids, std::vector<std::string>{"a="});
  }
  const auto usage = from_request<AnalyzeUsage>(
      post("/v1/billing/teams/t/usage",
           R"({"analytics_request":{"time_range":{"start_time":"2025-10-01 00:00:00"}}})"));
  ASSERT_TRUE(usage);
  EXPECT_EQ(usage->analytics_request.time_range.start_time, "2025-10-01 00:00:00");
}

TEST(FromRequest, RequestsOfRealClientsWork) {
  for (const auto* body :
       {R"({"name":"n","acls":null})", R"({"name":"n"})", R"({"name":"n","tpm":""})",
        R"({"name":"n","unknown":{"x":1}})", R"({"name":"n","qps":null})", "{\"name\":\"n\"}\n"}) {
    const auto operation = from_request<CreateApiKey>(post(keys_path, body));
    ASSERT_TRUE(operation) << body;
    EXPECT_EQ(operation->name, "n");
    EXPECT_TRUE(operation->acls.empty());
    EXPECT_FALSE(operation->qps);
    EXPECT_FALSE(operation->tpm);
  }
  const auto first_page = from_request<ListApiKeys>(
      {.target = keys_path + "?paginationToken=",
       .headers = {{"Content-Type", "application/json"}, {"X-Team-ID", "t"}}});
  ASSERT_TRUE(first_page);
  EXPECT_EQ(first_page->pagination_token, "");
  EXPECT_TRUE(from_request<DeleteApiKey>({.method = Method::delete_,
                                          .target = "/auth/api-keys/i",
                                          .headers = {{"Content-Type", "application/json"}}}));
}

TEST(FromRequest, AnEmptyBodyIsAnEmptyObject) {
  const auto operation = from_request<CreateApiKey>(post(keys_path, ""));
  ASSERT_TRUE(operation);
  EXPECT_EQ(operation->name, "");
}

TEST(FromRequest, TheBodyCannotReplaceWhatThePathSays) {
  for (const auto* body :
       {R"({"teamId":"other","name":"n"})", R"({"name":"n","team_id":"other"})"}) {
    const auto operation = from_request<CreateApiKey>(post(keys_path, body));
    ASSERT_TRUE(operation) << body;
    EXPECT_EQ(operation->team_id, "t") << body;
  }
}

TEST(FromRequest, TheQueryCannotReplaceWhatThePathSays) {
  const auto operation =
      from_request<ListApiKeys>({.target = keys_path + "?teamId=other&team_id=x"});
  ASSERT_TRUE(operation);
  EXPECT_EQ(operation->team_id, "t");
}

TEST(FromRequest, UnknownParametersAreIgnored) {
  EXPECT_TRUE(from_request<ListApiKeys>({.target = keys_path + "?new=1&&=2&x"}));
}

TEST(FromRequest, BadValuesAreInvalidArguments) {
  for (const auto* body :
       {"[]", "null", "\"x\"", "{", "<html>", R"({"name":5})", R"({"qps":"many"})",
        R"({"qps":99999999999})", R"({"tpm":-1.5})", R"({"acls":{}})", R"({"expireTime":"soon"})",
        R"({"name":"a","name":"b"})"}) {
    const auto operation = from_request<CreateApiKey>(post(keys_path, body));
    ASSERT_FALSE(operation) << body;
    EXPECT_EQ(operation.error().kind, ErrorKind::invalid_argument) << body;
  }
  for (const auto* query : {"?pageSize=ten", "?pageSize=99999999999", "?activeOnly=perhaps"}) {
    const auto operation = from_request<ListApiKeys>({.target = keys_path + query});
    ASSERT_FALSE(operation) << query;
    EXPECT_EQ(operation.error().kind, ErrorKind::invalid_argument) << query;
  }
}

TEST(FromRequest, DecodesThePath) {
  const auto operation = from_request<DeleteApiKey>({.target = "/auth/api-keys/a%2Fb%20c"});
  ASSERT_TRUE(operation);
  EXPECT_EQ(operation->api_key_id, "a/b c");
}

TEST(Matches, OnlyThePathOfTheOperation) {
  EXPECT_TRUE(matches<DeleteApiKey>("/auth/api-keys/i"));
  EXPECT_TRUE(matches<CheckApiKeyPropagation>("/auth/api-keys/i/propagation"));
  EXPECT_TRUE(matches<ValidateManagementKey>("/auth/management-keys/validation"));
  for (const auto* other : {"/auth/api-keys", "/auth/api-keys/", "/auth/api-keys/i/x",
                            "/auth/api-keys/i/", "/auth/api-keys//", "auth/api-keys/i",
                            "//auth/api-keys/i", "/", "", "/AUTH/api-keys/i", "/auth/api-keys/%zz"})
    EXPECT_FALSE(matches<DeleteApiKey>(other)) << other;
}

TEST(Matches, TellsTheOperationsApart) {
  for (const auto* path : {"/auth/teams/t/models", "/v1/billing/teams/t/invoices",
                           "/v1/billing/teams/t/postpaid/invoice/preview"}) {
    int count = 0;
    Operations::for_each(
        [&]<class Operation>() { count += static_cast<int>(matches<Operation>(path)); });
    EXPECT_EQ(count, 1) << path;
  }
}

TEST(Paging, ListApiKeysKnowsItsMembers) {
  ListApiKeys list;
  list.*paging<ListApiKeys>.token = "t";
  list.*paging<ListApiKeys>.page_size = 100;
  EXPECT_EQ(list.pagination_token, "t");
  EXPECT_EQ(list.page_size, 100);
  EXPECT_EQ((ListApiKeysResponse{.pagination_token = "n"}.*paging<ListApiKeys>.next_token), "n");
}

TEST(Paging, ListAuditEventsHasTwoNamesForItsToken) {
  ListAuditEvents list;
  list.*paging<ListAuditEvents>.token = "t";
  EXPECT_EQ(list.page_token, "t");
  const ListAuditEventsResponse page{.next_page_token = "n"};
  EXPECT_EQ(page.*paging<ListAuditEvents>.next_token, "n");
}

}  // namespace
}  // namespace xai::wire
