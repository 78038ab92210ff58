#include "client/pages.h"

#include <gtest/gtest.h>

#include "client/list_pages.h"
#include "xai/management/audit_events.h"

namespace xai::client {
namespace {

using management::ListAuditEvents;

using Asked = std::vector<std::string>;

HttpResponse page(std::string_view key, std::string_view token) {
  std::string body = R"({"apiKeys":[{"apiKeyId":")";
  body.append(key).append(R"("}],"paginationToken":")").append(token).append("\"}");
  return answer(200, body);
}

TEST(Pages, WalksThemAll) {
  FakeClient client{{page("a", "t=1"), page("b", "t2"), page("c", "")}};
  const Walk result = walk(*client);
  EXPECT_EQ(result.ids, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(result.errors.empty());
  EXPECT_EQ(client.asked(),
            (Asked{"GET /auth/teams/team-1/api-keys?pageSize=100",
                   "GET /auth/teams/team-1/api-keys?pageSize=100&paginationToken=t%3D1",
                   "GET /auth/teams/team-1/api-keys?pageSize=100&paginationToken=t2"}));
}

TEST(Pages, EndAfterAHundredThousandHoweverLongTheTokens) {
  std::size_t asked = 0;
  Client client{{.management_key = management::Secret{"xai-token"},
                 .team_id = "team-1",
                 .transport = [&](const HttpRequest&) -> Result<HttpResponse> {
                   const std::string number = std::to_string(++asked);
                   return page(number, number + std::string(200, 't'));
                 }}};
  Walk result;
  for (auto& page : client.pages(ListApiKeys{}))
    if (!page) result.errors.push_back(page.error());
  EXPECT_EQ(asked, 100'000U);
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_TRUE(result.errors[0].message.contains("more than 100000 pages"))
      << result.errors[0].message;
  EXPECT_EQ(result.errors[0].kind, ErrorKind::malformed_response);
}

TEST(Pages, KeepAPageSizeThatWasAskedFor) {
  FakeClient client{{page("a", "")}};
  walk(*client, {.page_size = 7});
  EXPECT_EQ(client.asked(), Asked{"GET /auth/teams/team-1/api-keys?pageSize=7"});
}

TEST(Items, ComeOneByOneOverAllPages) {
  FakeClient client{{page_of({"a", "b"}, "1"), page_of({}, "2"), page_of({"c"}, "")}};
  std::vector<std::string> ids;
  for (auto& key : client->items(ListApiKeys{})) {
    ASSERT_TRUE(key);
    ids.push_back(key->api_key_id);
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(Items, AskForAPageOnlyWhenItIsReached) {
  FakeClient client{{page_of({"a", "b"}, "1"), page_of({"c"}, "")}};
  for (auto& key : client->items(ListApiKeys{})) {
    ASSERT_TRUE(key);
    if (key->api_key_id == "b") break;
  }
  EXPECT_EQ(client.requests().size(), 1);
}

TEST(Items, EndWithTheErrorOfAPage) {
  FakeClient client{{page_of({"a"}, "1"), answer(403, R"({"code":7,"message":"no"})")}};
  std::vector<bool> good;
  for (auto& key : client->items(ListApiKeys{})) good.push_back(key.has_value());
  EXPECT_EQ(good, (std::vector<bool>{true, false}));
}

TEST(Items, MayBeNone) {
  FakeClient client{{page_of({}, "")}};
  for (auto& key : client->items(ListApiKeys{})) FAIL() << key.has_value();
  EXPECT_EQ(client.requests().size(), 1);
}

TEST(Pages, BeginWhereTheyAreTold) {
  FakeClient client{{page("b", "")}};
  walk(*client, {.pagination_token = "t1"});
  EXPECT_EQ(client.asked(),
            Asked{"GET /auth/teams/team-1/api-keys?pageSize=100&paginationToken=t1"});
}

TEST(Pages, TakeAMissingOrNullTokenForTheEnd) {
  for (const auto* const body : {R"({"apiKeys":[]})", R"({"paginationToken":null})"}) {
    FakeClient client{{answer(200, body)}};
    EXPECT_TRUE(walk(*client).errors.empty());
    EXPECT_EQ(client.requests().size(), 1U);
  }
}

TEST(Pages, FetchNothingBeforeItIsNeeded) {
  FakeClient client{{page("a", "t1"), page("b", "")}};
  auto pages = client->pages(ListApiKeys{});
  EXPECT_TRUE(client.requests().empty());
  auto first = pages.begin();
  EXPECT_EQ(client.requests().size(), 1U);
  ++first;
  EXPECT_EQ(client.requests().size(), 2U);
}

TEST(Pages, EndWithThePageThatFails) {
  FakeClient client{{page("a", "t1"), answer(403), page("never", "")}};
  const Walk result = walk(*client);
  EXPECT_EQ(result.ids, std::vector<std::string>{"a"});
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_EQ(result.errors[0].kind, ErrorKind::permission_denied);
  EXPECT_EQ(client.requests().size(), 2U);
}

TEST(Pages, NeverGoRound) {
  FakeClient client{{page("a", "t1"), page("b", "t1")}};
  const Walk result = walk(*client);
  EXPECT_EQ(result.ids, std::vector<std::string>{"a"});
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_EQ(result.errors[0].kind, ErrorKind::malformed_response);
  EXPECT_EQ(result.errors[0].outcome, Outcome::unanswered);
  EXPECT_EQ(client.requests().size(), 2U);
}

HttpResponse audit_page(std::string_view event, std::string_view token) {
  std::string body = R"({"events":[{"eventId":")";
  body.append(event).append(R"("}],"nextPageToken":")").append(token).append("\"}");
  return answer(200, body);
}

Walk walk_events(const Client& client, const ListAuditEvents& operation) {
  Walk result;
  for (auto& page : client.pages(operation)) {
    if (!page) {
      result.errors.push_back(page.error());
      continue;
    }
    for (const auto& event : page->events) result.ids.push_back(event.event_id);
  }
  return result;
}

TEST(Pages, WalkAuditEventsByTokensOfOtherNames) {
  FakeClient client{{audit_page("a", "a"), audit_page("b", "b"), audit_page("c", "")}};
  const Walk result = walk_events(*client, ListAuditEvents{.user_id = "u"});
  EXPECT_EQ(result.ids, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(result.errors.empty());
  EXPECT_EQ(
      client.asked(),
      (Asked{"GET /audit/teams/team-1/events?pageSize=100&eventFilter.userId=u",
             "GET /audit/teams/team-1/events?pageSize=100&pageToken=a&eventFilter.userId=u",
             "GET /audit/teams/team-1/events?pageSize=100&pageToken=b&eventFilter.userId=u"}));
}

TEST(Pages, OfAuditEventsNeverGoRound) {
  FakeClient client{{audit_page("a", "t"), audit_page("b", "t"), audit_page("never", "")}};
  const Walk result = walk_events(*client, ListAuditEvents{});
  EXPECT_EQ(result.ids, std::vector<std::string>{"a"});
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_EQ(result.errors[0].kind, ErrorKind::malformed_response);
  EXPECT_EQ(client.requests().size(), 2U);
}

TEST(PageWalk, NeverGoesRoundALongerWay) {
  FakeClient client{{page("a", "t1"), page("b", "t2"), page("c", "t1"), page("d", "")}};
  PageWalk<ListApiKeys> pages{*client, {}};
  EXPECT_TRUE(pages.next().value());
  EXPECT_TRUE(pages.next().value());
  const auto third = pages.next().value();
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().kind, ErrorKind::malformed_response);
  EXPECT_FALSE(pages.next());
  EXPECT_EQ(client.requests().size(), 3U);
}

TEST(PageWalk, GivesTheDocumentBesideTheStruct) {
  FakeClient client{{answer(200, R"({"apiKeys":[{"apiKeyId":"a","later":1}]})")}};
  PageWalk<ListApiKeys> pages{*client, {}};
  const auto first = pages.next().value();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->document.root().find("apiKeys").items()[0].find("later").text(), "1");
  EXPECT_EQ(first->value.api_keys.at(0).api_key_id, "a");
  EXPECT_FALSE(pages.next());
}

}  // namespace
}  // namespace xai::client
