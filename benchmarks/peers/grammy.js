// The walk with grammY: a session with a step, kept in memory, or in PostgreSQL over so many lines.

import http from "node:http";
import { PsqlAdapter } from "@grammyjs/storage-psql";
import { Bot, session, webhookCallback } from "grammy";
import pg from "pg";

const asked = JSON.parse(process.env.ASKED);
const words = "This is what a person reads at this step before they go on to the next. ".repeat(4);
const fixed = ["stop", "urgent", "human", "rights", "menu"]
  .map((name) => ({ text: name, callback_data: `everywhere.go:${name}` }));

const says = (step) => `${step}. ${words}`;
const shown = (step) => ({
  reply_markup: {
    inline_keyboard: [
      [{ text: "Go on", callback_data: asked.walk[step][1] }],
      fixed.slice(0, 2), fixed.slice(2, 4), fixed.slice(4),
    ],
  },
});

async function kept() {
  if (!asked.keeps) return undefined;
  const client = new pg.Pool({ connectionString: asked.keeps, max: Number(process.argv[2]) });
  return await PsqlAdapter.create({ tableName: "sessions", client });
}

const bot = new Bot(asked.token, { client: { apiRoot: asked.api_url } });
bot.use(session({ initial: () => ({ step: 0, answers: {} }), storage: await kept() }));

async function pressed(ctx, step) {
  ctx.session.answers[step] = ctx.callbackQuery.data;
  ctx.session.step = step + 1;
  await ctx.answerCallbackQuery();
  await ctx.editMessageText(says(step), shown(step));
}

async function written(ctx, step) {
  ctx.session.answers[step] = ctx.msg.text;
  ctx.session.step = step + 1;
  await ctx.reply(says(step), shown(step));
}

asked.walk.forEach(([does], step) => {
  const here = bot.filter((ctx) => ctx.session.step === step);
  if (does === "/start") bot.command("start", (ctx) => written(ctx, step));
  else if (does.includes(":")) here.callbackQuery(does, (ctx) => pressed(ctx, step));
  else here.on("message:text", (ctx) => written(ctx, step));
});

await bot.init();
http
  .createServer(webhookCallback(bot, "http", { secretToken: asked.secret }))
  .listen(asked.port, "127.0.0.1");
