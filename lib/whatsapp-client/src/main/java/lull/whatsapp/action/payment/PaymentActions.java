package lull.whatsapp.action.payment;

import java.util.List;
import lull.whatsapp.action.Action;

/// Payments: all actions.
public final class PaymentActions {

    public static final List<Action> ALL = List.of(
            new GetPayment(),
            new RefundPayment(),
            new ListPaymentConfigurations(),
            new GetPaymentConfiguration(),
            new CreatePaymentConfiguration(),
            new DeletePaymentConfiguration(),
            new CreatePaymentLink());

    private PaymentActions() {}
}
