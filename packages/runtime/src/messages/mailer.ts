import { createTransport } from "nodemailer";

export interface Mail {
  /** Repeated when a mail is sent again, so that a mailbox can tell. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/**
 * Sends by SMTP.
 *
 * @param url As in "smtps://user:password@mail.example.com".
 * @param from The sender, as in "Shop <orders@example.com>".
 * @param greetingMs How long the mail server may take to answer the call.
 */
export function createMailer(url: string, from: string, greetingMs = 10_000): Mailer {
  const transport = createTransport({ url, connectionTimeout: greetingMs, greetingTimeout: greetingMs, socketTimeout: 15_000 });
  return {
    async send({ id, to, subject, text }) {
      await transport.sendMail({ from, to, subject, text, headers: { "X-Entity-Ref-ID": id } });
    },
  };
}
