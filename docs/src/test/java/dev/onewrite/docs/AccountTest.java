package dev.onewrite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.component.Address;
import dev.onewrite.docs.Account.Balance;
import dev.onewrite.docs.Account.Credit;
import dev.onewrite.docs.Account.Open;
import dev.onewrite.docs.Account.Phase;
import dev.onewrite.docs.Account.ReadBalance;
import dev.onewrite.docs.Account.Refused;
import dev.onewrite.docs.Account.Transfer;
import dev.onewrite.testkit.Scene;
import dev.onewrite.testkit.Testkit;
import dev.onewrite.testkit.Untaken;
import dev.onewrite.testkit.Wiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AccountTest {

  @RegisterExtension static final Testkit KIT = Testkit.create().untaken(Untaken.FAIL);

  // snippet: account-test
  @Test
  void transfer_ofWhatIsThere_isBookedAndSent() {
    KIT.given(Account.ACCOUNT)
        .id("ann")
        .state(Phase.OPEN, new Balance(500))
        .when(new Transfer("bob", 200))
        .transitions("OPEN/Booked [enough money]")
        .sends(new Address("account", "bob"), new Credit(200))
        .replies(new Balance(300));
  }

  // end

  @Test
  void transfer_ofMoreThanIsThere_isRefusedAndMovesNothing() {
    Scene<Account.AccountMessage> ann =
        KIT.given(Account.ACCOUNT).id("ann").state(Phase.OPEN, new Balance(100));

    ann.when(new Transfer("bob", 200)).replies(new Refused("not enough money"));
    ann.when(new ReadBalance()).nothing().replies(new Balance(100));
  }

  @Test
  void credit_ofAnAccountThatIsNotOpen_isNotSwallowed() {
    KIT.given(Account.ACCOUNT)
        .id("bob")
        .whenSent(new Address("account", "ann"), new Credit(200))
        .refused("OW109");
  }

  @Test
  void transfer_delivered_conservesTheMoney() {
    Wiring bank = KIT.wire(Account.ACCOUNT);
    bank.request(Account.ACCOUNT, "ann", new Open(500)).replies(new Balance(500));
    bank.request(Account.ACCOUNT, "bob", new Open(0)).replies(new Balance(0));

    bank.request(Account.ACCOUNT, "ann", new Transfer("bob", 200)).replies(new Balance(300));
    bank.deliverAll();

    assertEquals(new Balance(200), bank.entity(Account.ACCOUNT, "bob").context());
  }
}
