import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** How pages look: in light, dark and narrow. */
export const variants = [
  { name: 'light', colorScheme: 'light', width: 1440, height: 900 },
  { name: 'dark', colorScheme: 'dark', width: 1440, height: 900 },
  { name: 'narrow', colorScheme: 'light', width: 390, height: 844 },
] as const;

type Variant = (typeof variants)[number];

const folder = process.env.E2E_SCREENSHOTS ?? 'test-results/screenshots';

/** The axe violations of a page in every variant, and where it is wider than the screen; takes screenshots. */
export async function problemsInVariants(page: Page, name: string): Promise<string[]> {
  const problems: string[] = [];
  for (const variant of variants) {
    await applyVariant(page, variant);
    problems.push(...(await problemsInVariant(page, name, variant)));
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) {
      problems.push(`${variant.name}: ${overflow} pixels wider than the screen`);
    }
  }
  return problems;
}

/** The axe violations of a page as it is now; takes a screenshot. */
export async function problemsInVariant(page: Page, name: string, variant: Variant): Promise<string[]> {
  await page.screenshot({ path: path.join(folder, `${name}-${variant.name}.png`) });
  return (await axeViolations(page)).map((violation) => `${variant.name}: ${violation}`);
}

/** The errors of the scripts of a page, from now on. */
export function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  return problems;
}

export async function applyVariant(page: Page, variant: Variant) {
  await page.emulateMedia({ colorScheme: variant.colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width: variant.width, height: variant.height });
  await settled(page);
}

export async function settled(page: Page) {
  await expect(page.locator('main')).not.toBeEmpty();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.waitForLoadState('networkidle');
}

async function axeViolations(page: Page): Promise<string[]> {
  // The legacy mode skips frames of other origins, which these pages do not have, and takes half the time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
}
