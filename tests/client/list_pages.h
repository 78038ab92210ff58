#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/client_fixture.h"

namespace xai::client {

/// A page of keys that have these ids.
inline HttpResponse page_of(const std::vector<std::string>& ids, std::string_view token) {
  std::string body = R"({"apiKeys":[)";
  for (const std::string& id : ids)
    body += (&id == &ids.front() ? "{\"apiKeyId\":\"" : ",{\"apiKeyId\":\"") + id + "\"}";
  body.append("],\"paginationToken\":\"").append(token).append("\"}");
  return answer(200, body);
}

struct Walk {
  std::vector<std::string> ids{};
  std::vector<Error> errors{};
};

inline Walk walk(const Client& client, ListApiKeys operation = {}) {
  Walk result;
  for (auto& page : client.pages(operation)) {
    if (!page) {
      result.errors.push_back(page.error());
      continue;
    }
    for (const auto& key : page->api_keys) result.ids.push_back(key.api_key_id);
  }
  return result;
}

}  // namespace xai::client
