// A user's program with a Boost.JSON of its own, of the version that we have inside.
#include <boost/json/src.hpp>
#include <iostream>

#include "xai/management/api_keys.h"
#include "xai/management/client.h"

using namespace xai::management;

int main() {
  const Client client{
      {.management_key = Secret{"k"}, .team_id = "t", .transport = [](const HttpRequest&) {
         return Result<HttpResponse>{{.status = 200, .body = R"({"apiKeys":[]})"}};
       }}};
  const auto keys = client.send(ListApiKeys{});
  const boost::json::value value = {{"keys", keys ? keys->api_keys.size() : 99}};
  std::cout << boost::json::serialize(boost::json::parse(boost::json::serialize(value))) << '\n';
}
