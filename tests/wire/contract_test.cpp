// The wire table and the codec against contract/, which knows nothing of them.
#include "wire/contract.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "base/time_text.h"
#include "wire/as_text.h"
#include "wire/canonical.h"
#include "wire/every_operation.h"
#include "wire/operations.h"

namespace xai::wire {
namespace {

using namespace management;
using tests::contract_example;
using tests::contract_operation;
using tests::contract_schema;

template <class T>
json::Value encoded(json::Document& keeper, const T& model) {
  auto document = json::Document::parse(written(model));
  if (!document) {
    ADD_FAILURE() << "encode wrote something that is not JSON";
    return {};
  }
  keeper = std::move(*document);
  return keeper.root();
}

// Members and types of every struct, found by walking its table.

template <class T>
struct Item {
  using Type = void;
};
template <class T>
struct Item<std::vector<T>> {
  using Type = T;
  static constexpr std::string_view prefix = "list of ";
};
template <class T>
struct Item<std::map<std::string, T>> {
  using Type = T;
  static constexpr std::string_view prefix = "map of ";
};

template <class T>
void compare_schema(std::string_view schema_name);

template <class T>
void compare_type(std::string_view type, const std::string& where) {
  if constexpr (is_optional<T>) {
    compare_type<typename T::value_type>(type, where);
  } else if constexpr (!std::is_void_v<typename Item<T>::Type>) {
    ASSERT_TRUE(type.starts_with(Item<T>::prefix)) << where << " is a " << type;
    compare_type<typename Item<T>::Type>(type.substr(Item<T>::prefix.size()), where);
  } else if constexpr (Modelled<T> && std::is_empty_v<T>) {
    EXPECT_EQ("map of any", type) << where;
  } else if constexpr (Modelled<T>) {
    compare_schema<T>(type);
  } else {
    const std::string_view ours = std::is_same_v<T, bool>           ? "boolean"
                                  : std::is_same_v<T, std::int32_t> ? "int32"
                                  : std::is_same_v<T, std::int64_t> ? "int64"
                                  : std::is_same_v<T, Timestamp>    ? "timestamp"
                                  : std::is_same_v<T, Decimal>      ? "number"
                                                                    : "string";
    EXPECT_EQ(ours, type) << where;
  }
}

/// Money is optional even where it is always there: a figure left out must not read as zero.
template <class T>
inline constexpr bool is_money = std::is_same_v<T, std::optional<Cents>>;

/// Members of the contract that no answer we ask for can carry.
bool is_never_answered(std::string_view schema, std::string_view member) {
  // The secret of a management key: given when one is made, which only the web console can.
  return schema == "ManagementKey" && member == "apiKey";
}

/// Of a key, what a request may change; all else about it the service makes itself.
const std::set<std::string_view> changeable{"name", "disabled", "expireTime", "qps",
                                            "qpm",  "tpm",      "aclStrings"};

template <class Fields>
void compare_fields(const Fields& fields, std::string_view schema_name, bool is_answer,
                    bool is_change = false) {
  const json::Value schema = contract_schema(schema_name);
  std::map<std::string_view, bool> ours;
  const auto compare = [&]<class Class, class Member>(const Field<Class, Member>& field) {
    if (field.place != Place::body) return;
    const std::string where = std::string{schema_name} + "." + std::string{field.name};
    ours[field.name] = true;
    const json::Value documented = schema.find(field.name);
    ASSERT_TRUE(documented.is_object()) << where << " is not in the contract";
    ASSERT_TRUE(documented.find("spelling_of").is_null()) << where << " is not the canonical name";
    const std::string_view presence = documented.find("presence").text();
    if (is_answer && presence == "always") {
      EXPECT_EQ(is_optional<Member>, is_money<Member>) << where << " is always there";
    }
    if (presence == "nullable" || is_change) {
      EXPECT_TRUE(is_optional<Member>) << where << " may be unset";
    }
    EXPECT_TRUE(!is_change || changeable.contains(field.name)) << where << " cannot be changed";
    if constexpr (is_money<Member>)
      EXPECT_EQ(field.is_boxed ? "Cent" : "cents", documented.find("type").text()) << where;
    else
      compare_type<Member>(documented.find("type").text(), where);
  };
  std::apply([&](const auto&... field) { (compare(field), ...); }, fields);
  for (const json::Member& member : schema.members())
    EXPECT_TRUE(ours.contains(member.name) || (is_change && !changeable.contains(member.name)) ||
                !member.value.find("spelling_of").is_null() ||
                is_never_answered(schema_name, member.name))
        << schema_name << "." << member.name << " has no member in our struct";
}

template <class T>
void compare_schema(std::string_view schema_name) {
  constexpr bool is_change = std::is_same_v<T, management::ApiKeyValues>;
  compare_fields(fields<T>.fields, schema_name, !is_change, is_change);
}

template <class Operation>
class EveryOperation : public testing::Test {};

TYPED_TEST_SUITE(EveryOperation, OperationTypes, NameOfOperation);

TYPED_TEST(EveryOperation, GoesToTheDocumentedPlaceWithTheDocumentedRight) {
  const json::Value documented = contract_operation(row<TypeParam>.id);
  EXPECT_EQ(name_of(row<TypeParam>.method), documented.find("method").text());
  EXPECT_EQ(row<TypeParam>.path, documented.find("path").text());
  EXPECT_EQ(row<TypeParam>.acl, documented.find("management_acl").text());
  EXPECT_EQ(row<TypeParam>.host == Host::inference, documented.find("host").text() == "inference");
}

TYPED_TEST(EveryOperation, HasTheDocumentedPathAndQueryParameters) {
  const json::Value documented = contract_operation(row<TypeParam>.id);
  std::vector<std::string_view> paths;
  std::map<std::string_view, bool> queries;
  const auto compare = [&]<class Class, class Member>(const Field<Class, Member>& field) {
    if (field.place == Place::path) paths.push_back(field.name);
    if (field.place != Place::query) return;
    queries[field.name] = true;
    const json::Value type = documented.find("query_parameters").find(field.name);
    ASSERT_TRUE(type.is_string()) << field.name << " is not in the contract";
    compare_type<Member>(type.text(), std::string{field.name});
  };
  std::apply([&](const auto&... field) { (compare(field), ...); }, row<TypeParam>.table.fields);
  std::vector<std::string_view> documented_paths;
  for (const json::Value& name : documented.find("path_parameters").items())
    documented_paths.push_back(name.text());
  EXPECT_EQ(paths, documented_paths);
  for (const json::Member& parameter : documented.find("query_parameters").members())
    EXPECT_TRUE(queries.contains(parameter.name)) << parameter.name << " has no member";
}

TYPED_TEST(EveryOperation, SendsTheDocumentedBodyMembers) {
  const json::Value request = contract_operation(row<TypeParam>.id).find("request");
  if (!request.is_null()) {
    compare_fields(row<TypeParam>.table.fields, request.text(), false);
    return;
  }
  const auto is_in_body = [](const auto& field) { return field.place == Place::body; };
  const bool any =
      std::apply([&](const auto&... field) { return (false || ... || is_in_body(field)); },
                 row<TypeParam>.table.fields);
  EXPECT_FALSE(any) << "no body is documented";
}

TYPED_TEST(EveryOperation, AnswersTheDocumentedMembers) {
  compare_schema<typename TypeParam::Response>(
      contract_operation(row<TypeParam>.id).find("response").text());
}

/// Strict at home: all that a documented answer holds must be in the struct, or come back wrong.
TYPED_TEST(EveryOperation, KeepsTheWholeDocumentedAnswer) {
  using Response = typename TypeParam::Response;
  const json::Value documented = contract_example(row<TypeParam>.id).find("response");
  ASSERT_TRUE(documented.is_object());
  const auto response = decode<Response>(documented);
  ASSERT_TRUE(response) << response.error().message;
  json::Document keeper;
  json::Arena arena;
  std::string difference;
  EXPECT_TRUE(
      tests::covers(encoded(keeper, *response), canonical<Response>(documented, arena), difference))
      << difference;
}

TYPED_TEST(EveryOperation, CanonicalFormIsTheDocumentedOne) {
  // Two examples slip: `acl_strings` and a boolean in a string, and `reactedApiKey`.
  const std::set<std::string_view> slips{"listApiKeys", "validateManagementKey"};
  json::Arena arena;
  const json::Value documented = contract_example(row<TypeParam>.id).find("response");
  const json::Value ours = canonical<typename TypeParam::Response>(documented, arena);
  EXPECT_EQ(json::to_text(ours) != json::to_text(documented), slips.contains(row<TypeParam>.id));
}

TYPED_TEST(EveryOperation, CanonicalFormIsStable) {
  using Response = typename TypeParam::Response;
  json::Arena arena;
  const json::Value once =
      canonical<Response>(contract_example(row<TypeParam>.id).find("response"), arena);
  EXPECT_EQ(json::to_text(canonical<Response>(once, arena)), json::to_text(once));
}

TYPED_TEST(EveryOperation, ReadsAndWritesTheDocumentedRequest) {
  const json::Value documented = contract_example(row<TypeParam>.id).find("request");
  HttpRequest request = to_request(TypeParam{});
  if (documented.is_null()) {
    // A POST without anything to say still has a body.
    EXPECT_EQ(request.body, row<TypeParam>.method == Method::post ? "{}" : "");
    return;
  }
  request.target = row<TypeParam>.path;
  request.body = json::to_text(documented);
  const auto operation = from_request<TypeParam>(request);
  ASSERT_TRUE(operation) << operation.error().message;
  const auto written = json::Document::parse(to_request(*operation).body);
  ASSERT_TRUE(written);
  EXPECT_TRUE(tests::is_same_json(written->root(), documented)) << to_request(*operation).body;
}

TYPED_TEST(EveryOperation, IsRepeatedOnlyWhereThatIsHarmless) {
  const std::map<std::string_view, RetryClass> writes{{"createApiKey", RetryClass::if_refused},
                                                      {"updateApiKey", RetryClass::after_read_back},
                                                      {"deleteApiKey", RetryClass::after_read_back},
                                                      {"rotateApiKey", RetryClass::if_not_sent}};
  const auto write = writes.find(row<TypeParam>.id);
  const bool is_read = row<TypeParam>.method == Method::get || row<TypeParam>.id == "analyzeUsage";
  EXPECT_EQ(write == writes.end(), is_read);
  EXPECT_EQ(row<TypeParam>.retry, write == writes.end() ? RetryClass::freely : write->second);
}

}  // namespace
}  // namespace xai::wire
