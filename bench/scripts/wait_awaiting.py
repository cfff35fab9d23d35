import asyncio


async def transform(record):
    await asyncio.sleep(0.05)
    return record
