package io.kappa.peers.hazelcast;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers users from 1 on, in the order of their coming, so that sets of them are small. */
final class UserNumbers {

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> users = new ArrayList<>();

  int number(String user) {
    Integer number = numbers.get(user);
    if (number == null) {
      users.add(user);
      number = users.size();
      numbers.put(user, number);
    }
    return number;
  }

  String user(int number) {
    return users.get(number - 1);
  }
}
