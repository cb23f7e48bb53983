print("whom")
