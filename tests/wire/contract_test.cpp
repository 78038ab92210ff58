// The wire table and the codec against contract/, which knows nothing of them.
#include "wire/contract.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "json/writer.h"
#include "wire/api_keys.h"
#include "wire/every_operation.h"
#include "wire/http_binding.h"

namespace xai::wire {
namespace {

using namespace management;
using tests::contract_example;
using tests::contract_operation;
using tests::contract_schema;

json::Value encoded(json::Document& keeper, const Descriptor& operation, const void* answer) {
  auto document = json::Document::parse(encoded(operation, answer));
  if (!document) {
    ADD_FAILURE() << "encode wrote something that is not JSON";
    return {};
  }
  keeper = std::move(*document);
  return keeper.root();
}

// Members and types of every struct, found by walking its table.

void compare_members(std::span<const Member> members, std::string_view schema_name, bool is_answer,
                     bool is_change);

std::string_view name_of_kind(Kind kind) {
  switch (kind) {
    case Kind::boolean:
      return "boolean";
    case Kind::int32:
      return "int32";
    case Kind::int64:
      return "int64";
    case Kind::time:
      return "timestamp";
    case Kind::number:
      return "number";
    default:
      return "string";
  }
}

void compare_type(const Shape& shape, std::string_view type, const std::string& where) {
  const std::string_view prefix = shape.is_list ? "list of " : shape.is_map ? "map of " : "";
  ASSERT_TRUE(type.starts_with(prefix)) << where << " is a " << type;
  type.remove_prefix(prefix.size());
  const bool is_change = shape.first == model_members<ApiKeyValues>.data();
  if (shape.kind != Kind::object)
    EXPECT_EQ(name_of_kind(shape.kind), type) << where;
  else if (shape.count == 0)
    EXPECT_EQ("map of any", type) << where;
  else
    compare_members(shape.members(), type, !is_change, is_change);
}

/// Members of the contract that no answer we ask for can carry.
bool is_never_answered(std::string_view schema, std::string_view member) {
  // The secret of a management key: given when one is made, which only the web console can.
  return schema == "ManagementKey" && member == "apiKey";
}

/// Of a key, what a request may change; all else about it the service makes itself.
const std::set<std::string_view> changeable{"name", "disabled", "expireTime", "qps",
                                            "qpm",  "tpm",      "aclStrings"};

void compare_members(std::span<const Member> members, std::string_view schema_name, bool is_answer,
                     bool is_change) {
  const json::Value schema = contract_schema(schema_name);
  std::set<std::string_view> ours;
  for (const Member& member : members) {
    if (member.place != Place::body) continue;
    const std::string where = std::string{schema_name} + "." + std::string{member.name};
    ours.insert(member.name);
    const json::Value documented = schema.find(member.name);
    ASSERT_TRUE(documented.is_object()) << where << " is not in the contract";
    ASSERT_TRUE(documented.find("spelling_of").is_null()) << where << " is not the canonical name";
    const std::string_view presence = documented.find("presence").text();
    const bool is_optional = member.shape.is_optional;
    // Money is optional even where it is always there: a figure left out must not read as zero.
    const bool is_money = is_optional && member.shape.kind == Kind::cents;
    if (is_answer && presence == "always") {
      EXPECT_EQ(is_optional, is_money) << where << " is always there";
    }
    if (presence == "nullable" || is_change) {
      EXPECT_TRUE(is_optional) << where << " may be unset";
    }
    EXPECT_TRUE(!is_change || changeable.contains(member.name)) << where << " cannot be changed";
    const std::string_view type = documented.find("type").text();
    if (is_money)
      EXPECT_EQ(member.is_boxed ? "Cent" : "cents", type) << where;
    else
      compare_type(member.shape, type, where);
  }
  for (const json::Member& member : schema.members())
    EXPECT_TRUE(ours.contains(member.name) || (is_change && !changeable.contains(member.name)) ||
                !member.value.find("spelling_of").is_null() ||
                is_never_answered(schema_name, member.name))
        << schema_name << "." << member.name << " has no member in our struct";
}

class EveryOperation : public testing::TestWithParam<Descriptor> {
 protected:
  const Descriptor& operation = GetParam();
  json::Value documented = contract_operation(operation.id);
  json::Value example = contract_example(operation.id);
  json::Arena arena;
};

INSTANTIATE_TEST_SUITE_P(Of, EveryOperation, testing::ValuesIn(descriptors()),
                         [](const auto& given) { return std::string{given.param.id}; });

TEST_P(EveryOperation, GoesToTheDocumentedPlaceWithTheDocumentedRight) {
  EXPECT_EQ(name_of(operation.method), documented.find("method").text());
  EXPECT_EQ(operation.path, documented.find("path").text());
  EXPECT_EQ(operation.acl, documented.find("management_acl").text());
  EXPECT_EQ(operation.host == Host::inference, documented.find("host").text() == "inference");
}

TEST_P(EveryOperation, HasTheDocumentedPathAndQueryParameters) {
  std::vector<std::string_view> paths;
  std::set<std::string_view> queries;
  for (const Member& member : operation.members) {
    if (member.place == Place::path) paths.push_back(member.name);
    if (member.place != Place::query) continue;
    queries.insert(member.name);
    const json::Value type = documented.find("query_parameters").find(member.name);
    ASSERT_TRUE(type.is_string()) << member.name << " is not in the contract";
    compare_type(member.shape, type.text(), std::string{member.name});
  }
  std::vector<std::string_view> documented_paths;
  for (const json::Value& name : documented.find("path_parameters").items())
    documented_paths.push_back(name.text());
  EXPECT_EQ(paths, documented_paths);
  for (const json::Member& parameter : documented.find("query_parameters").members())
    EXPECT_TRUE(queries.contains(parameter.name)) << parameter.name << " has no member";
}

TEST_P(EveryOperation, SendsTheDocumentedBodyMembers) {
  const json::Value request = documented.find("request");
  if (!request.is_null()) return compare_members(operation.members, request.text(), false, false);
  EXPECT_TRUE(std::ranges::none_of(operation.members, [](const Member& member) {
    return member.place == Place::body;
  })) << "no body is documented";
}

TEST_P(EveryOperation, AnswersTheDocumentedMembers) {
  compare_members(operation.answer_members, documented.find("response").text(), true, false);
}

/// Strict at home: all that a documented answer holds must be in the struct, or come back wrong.
TEST_P(EveryOperation, KeepsTheWholeDocumentedAnswer) {
  const json::Value response = example.find("response");
  ASSERT_TRUE(response.is_object());
  const Object answer = operation.make_answer();
  const auto decoded = operation.decode(response, answer.get());
  ASSERT_TRUE(decoded) << decoded.error().message;
  json::Document keeper;
  std::string difference;
  EXPECT_TRUE(tests::covers(encoded(keeper, operation, answer.get()),
                            operation.canonical(response, arena), difference))
      << difference;
}

TEST_P(EveryOperation, CanonicalFormIsTheDocumentedOne) {
  // Two examples slip: `acl_strings` and a boolean in a string, and `reactedApiKey`.
  const std::set<std::string_view> slips{"listApiKeys", "validateManagementKey"};
  const json::Value response = example.find("response");
  const json::Value ours = operation.canonical(response, arena);
  EXPECT_EQ(json::to_text(ours) != json::to_text(response), slips.contains(operation.id));
}

TEST_P(EveryOperation, CanonicalFormIsStable) {
  const json::Value once = operation.canonical(example.find("response"), arena);
  EXPECT_EQ(json::to_text(operation.canonical(once, arena)), json::to_text(once));
}

TEST_P(EveryOperation, ReadsAndWritesTheDocumentedRequest) {
  const json::Value body = example.find("request");
  const Object made = operation.make();
  HttpRequest request = to_request(operation, made.get());
  if (body.is_null()) {
    // A POST without anything to say still has a body.
    EXPECT_EQ(request.body, carries_body(operation.method) ? "{}" : "");
    return;
  }
  request.target = operation.path;
  request.body = json::to_text(body);
  const auto read = from_request(operation, request, made.get());
  ASSERT_TRUE(read) << read.error().message;
  const std::string again = to_request(operation, made.get()).body;
  const auto written = json::Document::parse(again);
  ASSERT_TRUE(written);
  EXPECT_TRUE(tests::is_same_json(written->root(), body)) << again;
}

TEST_P(EveryOperation, IsRepeatedOnlyWhereThatIsHarmless) {
  const std::map<std::string_view, RetryClass> writes{{"createApiKey", RetryClass::if_refused},
                                                      {"updateApiKey", RetryClass::after_read_back},
                                                      {"deleteApiKey", RetryClass::after_read_back},
                                                      {"rotateApiKey", RetryClass::if_not_sent}};
  const auto write = writes.find(operation.id);
  const bool is_read = operation.method == Method::get || operation.id == "analyzeUsage";
  EXPECT_EQ(write == writes.end(), is_read);
  EXPECT_EQ(operation.retry, write == writes.end() ? RetryClass::freely : write->second);
}

TEST_P(EveryOperation, IsFoundByItsId) {
  EXPECT_EQ(find_descriptor(operation.id)->path, operation.path);
  EXPECT_EQ(find_descriptor(std::string{operation.id} + "x"), nullptr);
}

TEST_P(EveryOperation, NamesForItsLookWhatIsThere) {
  const ReadBack& how = operation.read_back;
  if (how.list.empty()) return;
  const Descriptor* const list = find_descriptor(how.list);
  ASSERT_NE(list, nullptr);
  const Member* const items = find_member(list->answer_members, how.items);
  ASSERT_NE(items, nullptr);
  EXPECT_NE(find_member(items->shape.members(), how.key), nullptr);
  EXPECT_NE(find_member(operation.members, how.key), nullptr);
  if (how.values.empty()) {
    const Descriptor* const probe = find_descriptor(how.probe);
    ASSERT_NE(probe, nullptr);
    EXPECT_NE(find_member(probe->members, how.key), nullptr);
  } else {
    EXPECT_EQ(find_member(operation.members, how.values)->shape.kind, Kind::object);
    EXPECT_EQ(find_member(operation.members, how.mask)->shape.kind, Kind::mask);
  }
}

}  // namespace
}  // namespace xai::wire
