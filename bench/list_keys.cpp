// Lists 100 keys with the C++ client, once for each line it reads, and prints the nanoseconds.
// The settings come from the environment; bench/python_module.py compares with it.
#include <chrono>
#include <iostream>
#include <string>

#include "xai/management/api_keys.h"
#include "xai/management/client.h"

using namespace xai::management;

int main() {
  const auto options = ClientOptions::from_environment();
  if (!options) return 2;
  const Client client{*options};
  for (std::string line; std::getline(std::cin, line);) {
    const auto start = std::chrono::steady_clock::now();
    const auto page = client.send(ListApiKeys{.page_size = 100});
    const auto span = std::chrono::steady_clock::now() - start;
    if (!page || page->api_keys.size() != 100) return 1;
    std::cout << std::chrono::nanoseconds{span}.count() << std::endl;
  }
}
