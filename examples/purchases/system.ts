import { context, system, unknown } from "archwright";
import { Entitlements, getEntitlements, Identity, listPlans, Plans } from "./entitlements.ts";
import { applyNotification, buyOnline, PurchaseRefunded, Purchases, redeemPurchase } from "./purchases.ts";

// notifications
export const Notifications = context("notifications", { owner: "app", domain: "generic" });
export const refunded = Notifications.message("refunded", {
  on: PurchaseRefunded, to: (event) => event.buyer, by: ["email"], within: "10m",
  subject: "Your money is on its way back", text: "Purchase {purchase} was refunded, and what it gave you has ended.",
});

export default system("purchases", {
  contexts: [Identity, Plans, Entitlements, Purchases, Notifications],
  users: unknown("How many people open the app in a month?", 400_000, [250_000, 1_500_000]), clients: ["mobile", "web"],
  team: 5, skills: ["typescript"], budget: "1200 EUR/month", region: "eu", comply: ["gdpr", "pci-saq-a"],
  availability: "99.9%", rpo: "5m", rto: "1h", growth: "80%",
  load: [
    { on: getEntitlements, mean: "12/s", peak: "120/s" },
    { on: listPlans, mean: "2/s", peak: "30/s" },
    { on: redeemPurchase, mean: "0.1/s", peak: unknown("How many people buy in one second of a campaign on television?", "8/s", ["2/s", "40/s"]) },
    { on: buyOnline, mean: "0.02/s", peak: "1/s" },
    { on: applyNotification, mean: "0.3/s", peak: unknown("How many notifications a second follow an outage of Apple's?", "60/s", ["20/s", "400/s"]) },
  ],
});
